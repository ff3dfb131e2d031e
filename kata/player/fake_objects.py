"""The objects behind the fakes: what a submission really calls."""

from __future__ import annotations

import asyncio
import builtins
import threading
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from kata.contract.run import Call
from kata.contract.values import PlainValueError, from_wire
from kata.fakes import seconds
from kata.virtualtime import Recorder

__all__ = ["CallLog", "from_argument"]

MAX_CALLS = 20_000

_current_task = asyncio.current_task
_get_running_loop = asyncio.get_running_loop
_CancelledError = asyncio.CancelledError


class _Noted:
    """One call, while it is under way and after."""

    __slots__ = ("args", "end", "kwargs", "outcome", "start", "task", "thread")

    def __init__(self, args: tuple[Any, ...], kwargs: dict[str, Any], start: int, task: str | None) -> None:
        self.args = args
        self.kwargs = kwargs
        self.start = start
        self.end: int | None = None
        self.outcome = "pending"
        self.task = task
        self.thread = threading.current_thread() is not threading.main_thread()


class CallLog:
    """All calls of all fakes of one play."""

    def __init__(self, recorder: Recorder) -> None:
        self.recorder = recorder
        self.calls: dict[str, list[_Noted]] = {}
        self.flying: dict[str, int] = {}
        self.peak: dict[str, int] = {}

    def open(self, name: str) -> None:
        """A fake of this name exists, called or not."""
        self.calls.setdefault(name, [])
        self.flying.setdefault(name, 0)
        self.peak.setdefault(name, 0)

    def begin(self, name: str, args: tuple[Any, ...], kwargs: dict[str, Any]) -> _Noted:
        """A call begins now."""
        task = None
        if asyncio._get_running_loop() is not None:
            current = _current_task()
            task = current.get_name() if current is not None else None
        call = _Noted(args, kwargs, self.recorder.now(), task)
        if len(self.calls[name]) < MAX_CALLS:
            self.calls[name].append(call)
        self.flying[name] += 1
        self.peak[name] = max(self.peak[name], self.flying[name])
        return call

    def end(self, name: str, call: _Noted, outcome: str) -> None:
        """The call is over now."""
        call.end = self.recorder.now()
        call.outcome = outcome
        self.flying[name] -= 1

    def records(self, to_wire: Callable[[Any], Any]) -> dict[str, list[Call]]:
        """The calls as data, by fake."""
        seconds = self.recorder.seconds
        return {
            name: [
                Call(
                    name,
                    [to_wire(arg) for arg in call.args],
                    seconds(call.start),
                    {key: to_wire(value) for key, value in call.kwargs.items()},
                    None if call.end is None else seconds(call.end),
                    call.outcome,  # type: ignore[arg-type]
                    call.task,
                    call.thread,
                )
                for call in calls
            ]
            for name, calls in self.calls.items()
        }


class _Behaviour:
    """How a service answers. ``waits_as`` is what a task that waits for it is said to wait for."""

    def __init__(self, latency: Any, returns: Any, fails: Any, name: str) -> None:
        self.latency = latency
        self.returns = returns
        self.fails = fails or {}
        self.waits_as = name

    def seconds(self, args: tuple[Any, ...]) -> float:
        return seconds(self.latency, args)

    def answer(self, args: tuple[Any, ...]) -> Any:
        """The result of a call, or raises its error."""
        error = _look_up(self.fails, args, None)
        if error is not None:
            raise error()
        first = args[0] if args else None
        default = first.upper() if type(first) is str else first
        return _look_up(self.returns, args, default) if self.returns is not None else default


def _look_up(table: Mapping[Any, Any], args: tuple[Any, ...], default: Any) -> Any:
    try:
        return table.get(args[0], default) if args else default
    except TypeError:  # not hashable
        return default


def _service(log: CallLog, behaviour: _Behaviour) -> Callable[..., Awaitable[Any]]:
    name = behaviour.waits_as
    log.open(name)

    async def service(*args: Any, **kwargs: Any) -> Any:
        self = behaviour  # named so that the recorder finds ``waits_as``
        call = log.begin(name, args, kwargs)
        loop = _get_running_loop()
        answered = loop.create_future()
        timer = loop.call_later(self.seconds(args), _answer, answered)
        try:
            await answered
            result = self.answer(args)
        except _CancelledError:
            log.end(name, call, "cancelled")
            raise
        except BaseException:
            log.end(name, call, "raised")
            raise
        finally:
            timer.cancel()
            if call.end is None and not answered.done():
                log.end(name, call, "cancelled")
        log.end(name, call, "returned")
        return result

    service.__name__ = service.__qualname__ = name
    return service


def _answer(future: asyncio.Future[None]) -> None:
    if not future.done():
        future.set_result(None)


def _blocking_service(log: CallLog, behaviour: _Behaviour, sleep: Callable[[float], None]) -> Callable[..., Any]:
    name = behaviour.waits_as
    log.open(name)

    def device(*args: Any, **kwargs: Any) -> Any:
        call = log.begin(name, args, kwargs)
        try:
            sleep(behaviour.seconds(args))
            result = behaviour.answer(args)
        except BaseException:
            log.end(name, call, "raised")
            raise
        log.end(name, call, "returned")
        return result

    device.__name__ = device.__qualname__ = name
    return device


def from_argument(value: Any, log: CallLog, sleep: Callable[[float], None], names: Mapping[str, Any]) -> Any:
    """The object that a wire argument stands for.

    Args:
        value: the wire form, made by `kata.contract.request.argument_to_wire`.
        log: where calls of fakes are noted.
        sleep: how a blocking fake blocks.
        names: where exception classes are looked up before the built-ins: the submission's names.
    """

    def read(item: Any) -> Any:
        if type(item) is not list:
            return item
        tag, *rest = item
        if tag in ("list", "tuple", "set", "frozenset"):
            return getattr(builtins, tag)(read(member) for member in rest[0])
        if tag == "dict":
            return {read(key): read(member) for key, member in rest[0]}
        if tag == "error":
            return _error(rest[0], [read(arg) for arg in rest[1]], names)()
        if tag == "fake":
            return make(rest[0], {key: field for key, field in rest[1]})
        return from_wire(item)

    def make(kind: str, fields: dict[str, Any]) -> Any:
        if kind == "Error":
            return _error(fields["type"], [fields["message"]], names)()
        behaviour = _Behaviour(
            read(fields["latency"]), read(fields["returns"]), failures(fields["fails"]), fields["name"]
        )
        if kind == "Service":
            return _service(log, behaviour)
        if kind == "BlockingService":
            return _blocking_service(log, behaviour, sleep)
        raise PlainValueError(f"no fake is called {kind}")

    def failures(table: Any) -> dict[Any, Callable[[], BaseException]]:
        # A fresh exception each time: one object raised twice would drag its old traceback along.
        if table is None:
            return {}
        return {read(key): _failure(item) for key, item in table[1]}

    def _failure(item: list[Any]) -> Callable[[], BaseException]:
        if item[0] == "fake":
            fields = dict(item[2])
            return _error(fields["type"], [fields["message"]], names)
        return _error(item[1], [read(arg) for arg in item[2]], names)

    return read(value)


def _error(name: str, args: list[Any], names: Mapping[str, Any]) -> Callable[[], BaseException]:
    def make() -> BaseException:
        kind = names.get(name) or getattr(builtins, name, None) or getattr(asyncio, name, None)
        if not (isinstance(kind, type) and issubclass(kind, BaseException)):
            kind = type(name, (Exception,), {})
        made: BaseException = kind(*args)
        return made

    return make
