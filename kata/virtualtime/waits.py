"""What a suspended task waits for: the call that the program wrote, how long that was to last, and for which tasks."""

from __future__ import annotations

import asyncio
import functools
import gc
import math
import types
from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple

from kata.contract.texts import class_name
from kata.virtualtime import asyncio_names, stable_order

__all__ = [
    "WORK",
    "Details",
    "asked_to_sleep",
    "awaits",
    "forbid_looking_behind",
    "frame_of",
    "name_of",
    "shielded",
    "sleep_of",
    "wait_of",
    "waiting_for",
]

MAX_NAMED = 20
"""Tasks that are named of those that one wait is for."""

WORK = "_work"
"""The attribute of a future that holds the function which an executor was given."""

_OPAQUE = frozenset({"anext_awaitable", "async_generator_asend", "async_generator_athrow", "coroutine_wrapper"})
"""Names of the types of CPython's awaitables that do not say in which coroutine or generator they are."""

_BEHIND = (types.CoroutineType, types.AsyncGeneratorType, types.GeneratorType)


class Details(NamedTuple):
    """More on one wait."""

    asked: float | None = None
    """The seconds that the call was given: those of a sleep, or the time limit of `wait` and `wait_for`."""
    on: tuple[str, ...] = ()
    """The names of the first tasks that it is for,"""
    on_dropped: int = 0
    """and how many more there are."""


def awaits(awaitable: Any) -> Iterator[Any]:
    """The chain of coroutines and generators that a coroutine is suspended in, outermost first."""
    for _ in range(1000):
        if awaitable is None:
            return
        yield awaitable
        awaitable = (
            getattr(awaitable, "cr_await", None)
            or getattr(awaitable, "gi_yieldfrom", None)
            or getattr(awaitable, "ag_await", None)
            or _behind(awaitable)
        )


_may_look_behind = True


def forbid_looking_behind() -> None:
    """From now on nobody may ask the garbage collector: what an asynchronous generator waits for stays unknown."""
    global _may_look_behind
    _may_look_behind = False


def _behind(awaitable: Any) -> Any:
    """The generator whose next item an object of CPython's own is waiting for, or None."""
    if not _may_look_behind or type(awaitable).__name__ not in _OPAQUE:
        return None
    held = gc.get_referents(awaitable)
    return next((each for each in held if isinstance(each, _BEHIND) or type(each).__name__ in _OPAQUE), None)


def name_of(coroutine: Any) -> str:
    """The name of what a task was made of: a coroutine, or the end of an asynchronous generator."""
    name = getattr(coroutine, "__qualname__", None)
    if name is not None and name.endswith(asyncio_names.WRAPPER):  # a task made of any awaitable
        frame = frame_of(coroutine)
        return class_name(type(frame.f_locals.get("awaitable"))) if frame is not None else "awaitable"
    generator = _behind(coroutine) if name is None else None
    if isinstance(generator, types.AsyncGeneratorType):
        return f"{generator.__qualname__}.aclose"
    return str(type(coroutine).__name__ if name is None else name)


def frame_of(awaitable: Any) -> types.FrameType | None:
    """The frame of a suspended coroutine or generator, or None."""
    frame = (
        getattr(awaitable, "cr_frame", None)
        or getattr(awaitable, "gi_frame", None)
        or getattr(awaitable, "ag_frame", None)
    )
    return frame if isinstance(frame, types.FrameType) else None


def waiting_for(task: asyncio.Task[Any], chain: list[Any]) -> str:
    """What ``task`` waits for, in words: the call of asyncio that the program wrote, or what it awaits.

    Args:
        task: a task that is suspended.
        chain: its `awaits`. A method of an object with a string in ``waits_as`` gives that.
    """
    return wait_of(task, chain)[0]


def wait_of(task: asyncio.Task[Any], chain: list[Any]) -> tuple[str, Details | None]:
    """What ``task`` waits for, as `waiting_for` says it, and how long and for which tasks where the call says that."""
    future = shielded(getattr(task, asyncio_names.AWAITED, None))
    if isinstance(future, asyncio.Task):
        name = future.get_name()
        return f"task {name}", Details(None, (name,))
    if isinstance(future, asyncio_names.GatheringFuture) and not _is_asyncios(chain):
        return "gather", _named(None, _gathered(future))
    called, last, details = "", None, None
    for awaitable in reversed(chain):
        frame = frame_of(awaitable)
        if frame is None:
            continue
        module = frame.f_globals.get("__name__", "")
        if module.startswith("asyncio"):  # a call of the library may go through several functions of it
            function = frame.f_code.co_qualname
            called, last = asyncio_names.as_called(function) or called, frame
            if function in _LOOKS:
                details = _LOOKS[function](frame.f_locals)
            continue
        stand_in = getattr(frame.f_locals.get("self"), "waits_as", None) if module.startswith("kata.") else None
        if isinstance(stand_in, str) and not called:
            return stand_in, None
        break
    if called == "to_thread" and last is not None:
        called += _given(last.f_locals.get("func"))
    if not called and (work := getattr(future, WORK, None)) is not None:
        called = f"loop.run_in_executor{_given(work)}"
    if called:
        return (called if called.startswith("loop.") else f"asyncio.{called}"), details
    return ("its next turn" if future is None else "a future"), None


@functools.lru_cache(1024)
def sleep_of(nanoseconds: int) -> Details:
    """A sleep of this length; of ten thousand equal ones the same."""
    return Details(nanoseconds / 1e9)


def asked_to_sleep(chain: list[Any]) -> Details | None:
    """How long the sleep at the end of a chain of `awaits` shall take.

    Slow and large: from its frame's names. A virtual loop knows the instant of its last sleep.
    """
    frames = (frame for frame in map(frame_of, reversed(chain)) if frame is not None)
    seconds = next((_seconds(frame.f_locals.get("delay")) for frame in frames), None)
    return None if seconds is None else Details(seconds)


def shielded(future: Any) -> Any:
    """What is behind a future that `asyncio.shield` gave, or the future itself."""
    for callback, _ in getattr(future, "_callbacks", None) or ():
        if getattr(callback, "__qualname__", "") == "shield.<locals>._outer_done_callback":
            cells = zip(callback.__code__.co_freevars, callback.__closure__ or (), strict=True)
            return next((cell.cell_contents for name, cell in cells if name == "inner"), future)
    return future


def _is_asyncios(chain: list[Any]) -> bool:
    """True when it is a function of asyncio's own that waits, such as `Process.communicate`."""
    frame = next(filter(None, map(frame_of, reversed(chain))), None)
    return frame is not None and frame.f_globals.get("__name__", "").startswith("asyncio")


def _given(function: Any) -> str:
    """The function that a thread or a pool is given, in brackets; empty where it has no name."""
    while type(function) is functools.partial:
        function = function.func
    name = getattr(function, "__name__", "")
    return f"({name})" if type(name) is str and name.isidentifier() else ""


def _gathered(future: Any) -> Iterator[Any]:
    for child in future._children:
        if isinstance(child, asyncio_names.GatheringFuture):
            yield from _gathered(child)
        else:
            yield child


def _seconds(delay: object) -> float | None:
    return float(delay) if isinstance(delay, int | float) and math.isfinite(delay) else None


def _named(asked: float | None, futures: Iterable[Any]) -> Details | None:
    """Those of the futures that are tasks, and not done."""
    tasks = [each for each in futures if isinstance(each, asyncio.Task) and not each.done()]
    if not tasks and asked is None:
        return None
    names = tuple(task.get_name() for task in tasks[:MAX_NAMED])
    return Details(asked, names, max(len(tasks) - MAX_NAMED, 0))


def _in_order(futures: Iterable[Any]) -> list[Any]:
    """A set's members in the order in which they were made."""
    return sorted(futures, key=lambda each: getattr(each, "_number", 0))


def _still_to_come(names: Any) -> Iterable[Any]:
    """What `as_completed` waits for; up to 3.12 only its generator knows."""
    if "self" in names:
        todo: Iterable[Any] = vars(names["self"]).get("_todo", ())
        return todo
    return stable_order.still_to_come(names.get("done"))


_LOOKS: dict[str, Callable[[Any], Details | None]] = {
    "wait": lambda names: _named(_seconds(names.get("timeout")), _in_order(names["fs"])),
    "wait_for": lambda names: _named(_seconds(names.get("timeout")), [names.get("fut")]),
    "TaskGroup.__aexit__": lambda names: _named(None, _in_order(names["self"]._tasks)),
    "as_completed.<locals>._wait_for_one": lambda names: _named(None, _in_order(_still_to_come(names))),
    "_AsCompletedIterator._wait_for_one": lambda names: _named(None, _in_order(_still_to_come(names))),
}
"""How the names in a function of asyncio say what it was called with, by its qualified name."""
