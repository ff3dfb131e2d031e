"""Stubs: what a submission holds of the world's objects. A call goes over the wire, and its outcome comes back."""

from __future__ import annotations

import asyncio
import builtins
import inspect
import threading
import types
from collections.abc import Callable, Mapping
from typing import Any

import msgspec

from kata.contract.messages import How
from kata.contract.texts import class_name, describe
from kata.contract.values import PlainValueError, from_wire, to_wire
from kata.player.exceptions import ExceptionReader
from kata.player.link import Link
from kata.player.loading import SUBMISSION
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
        self.outcome: tuple[How, Any] | None = None
        self.future: asyncio.Future[None] = loop.create_future()

    def renew(self) -> None:
        """Wait on, after a cancellation."""
        self.future = self.loop.create_future()

    def settle(self, how: How, value: Any, instant: int, order: int) -> None:
        self.loop.call_in_order(instant, order, self._set, (how, value))

    def _set(self, outcome: tuple[How, Any]) -> None:
        self.outcome = outcome
        if not self.future.done():
            self.future.set_result(None)


class _Blocking:
    """A call in which a thread stands still; ``in_loop`` when that is the thread of the submission's loop."""

    def __init__(self, scheduler: Scheduler, in_loop: bool) -> None:
        self.scheduler = scheduler
        self.in_loop = in_loop
        self.number = 0
        self.waiter: Waiter | None = None
        self.outcome: tuple[How, Any] | None = None
        self.asks: list[Callable[[], None]] = []
        """What the world wants to know of this thread meanwhile."""

    def settle(self, how: How, value: Any, instant: int, order: int) -> None:
        self.outcome = how, value
        self.rouse(instant, order)

    def rouse(self, instant: int, order: int) -> None:
        """Let the thread go on, to the outcome or to answer the world."""
        assert self.waiter is not None
        self.scheduler.set_back(self.waiter.party, instant, order)


class Stubs:
    """Makes the stubs of one play, and the references to the submission's own objects that a drive holds.

    Args:
        link: the wire.
        scheduler: on which calls wait.
        exceptions: reads exceptions among arguments.
        names: the submission's names, in which classes of errors are looked up before the built-in ones.
        references: whether objects that are no data are sent as references; else as what they look like.
    """

    def __init__(
        self,
        link: Link,
        scheduler: Scheduler,
        exceptions: ExceptionReader,
        names: Mapping[str, Any],
        *,
        references: bool = False,
    ) -> None:
        self._link = link
        self._scheduler = scheduler
        self._exceptions = exceptions
        self._names = names
        self._references = references
        self._given: dict[int, Any] = {}
        """The world's objects that the submission has, by their number there."""
        self._numbers: dict[int, int] = {}
        """Their numbers, by identity."""
        self._own: list[Any] = []
        """The submission's objects that a drive has."""
        self._own_numbers: dict[int, int] = {}
        self._classes: dict[tuple[str, ...], type[BaseException]] = {}
        """Classes of errors that only the world knew."""
        self.standing: list[_Blocking] = []
        """Calls in which a thread stands still."""

    def stands(self, number: int) -> _Blocking | None:
        """The call of that number if a thread stands in it; for 0, the last one of the loop's thread."""
        for call in reversed(self.standing):
            if call.outcome is None and (call.number == number if number else call.in_loop):
                return call
        return None

    def forget(self) -> None:
        """The play is over: keep nothing alive."""
        for books in (self._given, self._numbers, self._own, self._own_numbers):
            books.clear()

    # From the wire -------------------------------------------------------------------------------------------

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
            return self._error(*rest)
        if tag == "fake":
            fields = dict(rest[1])
            return self._error(fields["type"], [fields["message"]])
        if tag == "world":
            return self._stub(*rest)
        if tag == "player":
            return self._own[rest[0] - 1]
        return from_wire(wire)

    def own(self, number: int) -> Any:
        """The submission's object of that number."""
        return self._own[number - 1]

    def _error(self, name: str, args: list[Any], bases: list[str] = [], number: int = 0) -> BaseException:  # noqa: B006
        if number in self._given:
            known: BaseException = self._given[number]
            return known
        kind = self._class(name, bases)
        values = [self.read(arg) for arg in args]
        made: BaseException = kind(*values)
        if number:
            self._give(number, made)
        return made

    def _class(self, name: str, bases: list[str]) -> type[BaseException]:
        kind = self._names.get(name) or getattr(builtins, name, None) or getattr(asyncio, name, None)
        if isinstance(kind, type) and issubclass(kind, BaseException):
            return kind
        if (name, *bases) not in self._classes:
            base = self._class(bases[0], bases[1:]) if bases else Exception
            self._classes[name, *bases] = type(name, (base,), {})
        return self._classes[name, *bases]

    def _give(self, number: int, value: Any) -> Any:
        self._given[number] = value
        self._numbers[id(value)] = number
        return value

    def _stub(self, number: int, name: str = "", kind: str = "", methods: Any = (), fields: Any = ()) -> Any:
        if number in self._given:
            return self._given[number]
        if kind in ("service", "async"):
            return self._give(number, self._awaitable(number, name, forwards=kind == "async"))
        if kind in ("blocking", "sync"):
            return self._give(number, self._blocking(number, name))
        if kind != "object":
            raise PlainValueError(f"no stub is of the kind {kind}")
        members = {each: self._method(each, how, target) for each, how, target in methods}
        made = type(name, (), members)()
        for field, value in fields:
            setattr(made, field, self.read(value))
        return self._give(number, made)

    def _method(self, name: str, kind: str, target: int) -> Callable[..., Any]:
        stub = self._awaitable(target, name, forwards=True) if kind == "async" else self._blocking(target, name)

        def method(_: Any, *args: Any, **kwargs: Any) -> Any:
            return stub(*args, **kwargs)

        method.__name__ = method.__qualname__ = name
        return method

    # To the wire ---------------------------------------------------------------------------------------------

    def write(self, value: Any) -> Any:
        """The wire form of a value of the submission's."""
        return to_wire(value, self._exceptions, self._reference if self._references else None)

    def raised(self, error: BaseException) -> Any:
        """The wire form of an exception that left the submission; the world's own are told by their number."""
        failure = msgspec.to_builtins(self._exceptions(error))
        args = [self.write(arg) for arg in error.args] if not isinstance(error, BaseExceptionGroup) else None
        return ["raised", failure, args, self._numbers.get(id(error))]

    def _reference(self, value: Any) -> Any:
        number = self._numbers.get(id(value))
        if number is not None:
            return ["world", number]
        if isinstance(value, BaseException):
            return self.raised(value)
        if id(value) not in self._own_numbers:
            self._own.append(value)
            self._own_numbers[id(value)] = len(self._own)
        kind, type_name, number = _kind(value), class_name(type(value)), self._own_numbers[id(value)]
        return ["player", number, kind, type_name, describe(value), self._methods(value)]

    def _methods(self, value: Any) -> list[Any]:
        """The methods of an object of the submission's own classes, so that a call of one is one step."""
        if type(value).__module__ != SUBMISSION or isinstance(value, type):
            return []
        names = [name for name in dir(type(value)) if not name.startswith("_")]
        methods = [(name, getattr(value, name)) for name in names if inspect.isfunction(getattr(type(value), name))]
        return [[name, self._reference(method)] for name, method in methods]

    # Calls ---------------------------------------------------------------------------------------------------

    def _wired(self, args: tuple[Any, ...], kwargs: dict[str, Any]) -> tuple[list[Any], dict[str, Any]]:
        return [self.write(arg) for arg in args], {name: self.write(value) for name, value in kwargs.items()}

    def _opened(self, outcome: tuple[How, Any]) -> Any:
        how, value = outcome
        if how == "cancelled":
            raise _CancelledError
        if how == "raised":
            raise self.read(value)
        return self.read(value)

    def _awaitable(self, target: int, name: str, *, forwards: bool) -> Callable[..., Any]:
        """A coroutine function. One that ``forwards`` a cancellation waits until the other side has ended."""
        about, stubs, link = _WaitsAs(name), self, self._link

        async def stub(*args: Any, **kwargs: Any) -> Any:
            self = about  # named so that the recorder finds ``waits_as``  # noqa: F841
            call = _Awaited(_get_running_loop())  # type: ignore[arg-type]
            task = _current_task()
            wired = stubs._wired(args, kwargs)
            number, _ = link.began(target, *wired, call, task=task.get_name() if task else None)
            while call.outcome is None:
                try:
                    await call.future
                except _CancelledError:
                    if call.outcome is not None:  # it came at the same moment, and too late
                        raise
                    if not forwards:
                        link.dropped(number)
                        raise
                    link.cancelled(number)
                    call.renew()
                except BaseException:
                    link.dropped(number)
                    raise
            return stubs._opened(call.outcome)

        stub.__name__ = stub.__qualname__ = name
        return stub

    def _blocking(self, target: int, name: str) -> Callable[..., Any]:
        def stub(*args: Any, **kwargs: Any) -> Any:
            in_loop = asyncio._get_running_loop() is not None
            call = _Blocking(self._scheduler, in_loop)
            task = _current_task() if in_loop else None
            wired = self._wired(args, kwargs)

            def begin(waiter: Waiter) -> None:
                call.waiter = waiter
                call.number, _ = self._link.began(
                    target,
                    *wired,
                    call,
                    task=task.get_name() if task is not None else None,
                    thread=threading.current_thread() is not threading.main_thread(),
                    blocking=True,
                )

            def again(waiter: Waiter) -> None:
                call.waiter = waiter

            self.standing.append(call)
            try:
                wait_until(self._scheduler, None, "time.sleep", begin)
                while call.outcome is None:
                    for ask in call.asks[:]:
                        call.asks.remove(ask)
                        ask()
                    wait_until(self._scheduler, None, "time.sleep", again)
            finally:
                self.standing.remove(call)
            return self._opened(call.outcome)

        stub.__name__ = stub.__qualname__ = name
        return stub


def _kind(value: Any) -> str:
    if inspect.iscoroutinefunction(value):
        return "async"
    if type(value) is types.CoroutineType:  # whatever it says that its class is
        return "coroutine"
    return "callable" if callable(value) else "object"


class _WaitsAs:
    def __init__(self, waits_as: str) -> None:
        self.waits_as = waits_as
