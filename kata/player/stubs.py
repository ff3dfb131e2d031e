"""Stubs: what a submission holds of the world's objects. A call goes over the wire, and its outcome comes back."""

from __future__ import annotations

import asyncio
import builtins
import threading
from collections.abc import Callable, Mapping
from typing import Any

from kata.contract.messages import How
from kata.contract.values import PlainValueError, from_wire, to_wire
from kata.player.exceptions import ExceptionReader
from kata.player.link import Link
from kata.virtualtime import Scheduler, VirtualLoop
from kata.virtualtime.party import Waiter
from kata.virtualtime.thread_patches import wait_until

__all__ = ["Stubs"]

_current_task = asyncio.current_task
_get_running_loop = asyncio.get_running_loop
_CancelledError = asyncio.CancelledError


class _Awaited:
    """A call that a task awaits."""

    def __init__(self, loop: VirtualLoop) -> None:
        self.loop = loop
        self.future: asyncio.Future[tuple[How, Any]] = loop.create_future()

    def settle(self, how: How, value: Any, instant: int, order: int) -> None:
        self.loop.call_in_order(instant, order, self._set, (how, value))

    def _set(self, outcome: tuple[How, Any]) -> None:
        if not self.future.done():
            self.future.set_result(outcome)


class _Blocking:
    """A call in which a thread stands still."""

    def __init__(self, scheduler: Scheduler) -> None:
        self.scheduler = scheduler
        self.waiter: Waiter | None = None
        self.outcome: tuple[How, Any] | None = None

    def settle(self, how: How, value: Any, instant: int, order: int) -> None:
        self.outcome = how, value
        assert self.waiter is not None
        self.scheduler.set_back(self.waiter.party, instant, order)


class Stubs:
    """Makes the stubs of one play.

    Args:
        link: the wire.
        scheduler: on which calls wait.
        exceptions: reads exceptions among arguments.
        names: the submission's names, in which classes of errors are looked up before the built-in ones.
    """

    def __init__(self, link: Link, scheduler: Scheduler, exceptions: ExceptionReader, names: Mapping[str, Any]) -> None:
        self._link = link
        self._scheduler = scheduler
        self._exceptions = exceptions
        self._names = names

    def read(self, wire: Any) -> Any:
        """The object that a wire value stands for in the played process."""
        if type(wire) is not list:
            return wire
        tag, *rest = wire
        if tag in ("list", "tuple", "set", "frozenset"):
            return getattr(builtins, tag)(self.read(member) for member in rest[0])
        if tag == "dict":
            return {self.read(key): self.read(member) for key, member in rest[0]}
        if tag == "error":
            return self._error(rest[0], [self.read(arg) for arg in rest[1]])
        if tag == "fake":
            fields = dict(rest[1])
            return self._error(fields["type"], [fields["message"]])
        if tag == "world":
            return self._stub(*rest)
        return from_wire(wire)

    def _error(self, name: str, args: list[Any]) -> BaseException:
        kind = self._names.get(name) or getattr(builtins, name, None) or getattr(asyncio, name, None)
        if not (isinstance(kind, type) and issubclass(kind, BaseException)):
            kind = type(name, (Exception,), {})
        made: BaseException = kind(*args)
        return made

    def _stub(self, target: int, name: str, kind: str) -> Callable[..., Any]:
        if kind == "async":
            return self._awaitable(target, name)
        if kind == "blocking":
            return self._blocking(target, name)
        raise PlainValueError(f"no stub is of the kind {kind}")

    def _wired(self, args: tuple[Any, ...], kwargs: dict[str, Any]) -> tuple[list[Any], dict[str, Any]]:
        wired = [to_wire(arg, self._exceptions) for arg in args]
        return wired, {name: to_wire(value, self._exceptions) for name, value in kwargs.items()}

    def _opened(self, outcome: tuple[How, Any]) -> Any:
        how, value = outcome
        if how == "raised":
            raise self.read(value)
        return self.read(value)

    def _awaitable(self, target: int, name: str) -> Callable[..., Any]:
        about, stubs, link = _WaitsAs(name), self, self._link

        async def stub(*args: Any, **kwargs: Any) -> Any:
            self = about  # named so that the recorder finds ``waits_as``  # noqa: F841
            call = _Awaited(_get_running_loop())  # type: ignore[arg-type]
            task = _current_task()
            number, _ = link.began(target, *stubs._wired(args, kwargs), call, task=task.get_name() if task else None)
            try:
                outcome = await call.future
            finally:
                link.dropped(number)  # which says nothing when the outcome is there
            return stubs._opened(outcome)

        stub.__name__ = stub.__qualname__ = name
        return stub

    def _blocking(self, target: int, name: str) -> Callable[..., Any]:
        def stub(*args: Any, **kwargs: Any) -> Any:
            call = _Blocking(self._scheduler)
            task = _current_task() if asyncio._get_running_loop() is not None else None

            def begin(waiter: Waiter) -> None:
                call.waiter = waiter
                self._link.began(
                    target,
                    *self._wired(args, kwargs),
                    call,
                    task=task.get_name() if task is not None else None,
                    thread=threading.current_thread() is not threading.main_thread(),
                    blocking=True,
                )

            wait_until(self._scheduler, None, "time.sleep", begin)
            assert call.outcome is not None
            return self._opened(call.outcome)

        stub.__name__ = stub.__qualname__ = name
        return stub


class _WaitsAs:
    def __init__(self, waits_as: str) -> None:
        self.waits_as = waits_as
