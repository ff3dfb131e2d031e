"""Who waits for what: where a task stands, and the report of a deadlock."""

from __future__ import annotations

import asyncio
import types
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from kata.virtualtime import asyncio_names

__all__ = ["DeadlockError", "Place", "Waiting", "awaits", "frame_of", "waiting", "waiting_for"]


class Place(NamedTuple):
    """A line of code."""

    file: str
    line: int
    function: str


class Waiting(NamedTuple):
    """What a task waits for, and the frames it waits in, outermost first."""

    name: str
    what: str
    places: list[Place]


class DeadlockError(RuntimeError):
    """Nothing is left that could ever wake the loop. ``waiting`` names every task that is stuck.

    >>> import asyncio
    >>> from kata.virtualtime import VirtualLoop
    >>> async def main():
    ...     await asyncio.Event().wait()
    >>> with asyncio.Runner(loop_factory=VirtualLoop) as runner:
    ...     try:
    ...         runner.run(main())
    ...     except DeadlockError as error:
    ...         print(error.waiting[0].what)
    asyncio.Event.wait

    Args:
        at: the virtual second at which it was noticed.
        waiting: who waits for what.
        outside: somebody outside could still do something: the program listens, or has a handler for a signal.
    """

    def __init__(self, at: float, waiting: list[Waiting], *, outside: bool = False) -> None:
        self.at = at
        self.waiting = waiting
        self.outside = outside
        lines = [f"deadlock after {at:.12g} virtual seconds: nothing is left that could wake the event loop"]
        for task in waiting:
            place = f" at {task.places[-1].file}:{task.places[-1].line}" if task.places else ""
            lines.append(f"  {task.name} waits for {task.what}{place}")
        super().__init__("\n".join(lines))

    @classmethod
    def of(
        cls,
        at: float,
        tasks: Iterable[asyncio.Task[Any]],
        blocked: asyncio.Task[Any] | None = None,
        call: str = "",
        *,
        outside: bool = False,
    ) -> DeadlockError:
        """The report for these tasks.

        Args:
            at: the virtual second.
            tasks: those that are stuck, in any order.
            blocked: the one among them, if any, that stands in the blocking ``call``.
            call: what it called.
            outside: see the class.
        """
        stuck = sorted(tasks, key=_age)
        waits = [waiting(task)._replace(what=call) if task is blocked else waiting(task) for task in stuck]
        return cls(at, waits, outside=outside)


def _age(task: asyncio.Task[Any]) -> tuple[int, str]:
    name = task.get_name()
    digits = name.rpartition("-")[2]
    return (int(digits) if digits.isdigit() else 1 << 60), name


def waiting(task: asyncio.Task[Any]) -> Waiting:
    """What ``task`` waits for right now."""
    chain = list(awaits(task.get_coro()))
    places = [
        Place(frame.f_code.co_filename, frame.f_lineno, frame.f_code.co_qualname)
        for frame in (frame_of(item) for item in chain)
        if frame is not None
    ]
    return Waiting(task.get_name(), waiting_for(task, chain), places)


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
        )


def frame_of(awaitable: Any) -> types.FrameType | None:
    """The frame of a suspended coroutine or generator, or None."""
    frame = (
        getattr(awaitable, "cr_frame", None)
        or getattr(awaitable, "gi_frame", None)
        or getattr(awaitable, "ag_frame", None)
    )
    return frame if isinstance(frame, types.FrameType) else None


def _shielded(future: Any) -> Any:
    """What is behind a future that `asyncio.shield` gave, or the future itself."""
    for callback, _ in getattr(future, "_callbacks", None) or ():
        if getattr(callback, "__qualname__", "") == "shield.<locals>._outer_done_callback":
            cells = zip(callback.__code__.co_freevars, callback.__closure__ or (), strict=True)
            return next((cell.cell_contents for name, cell in cells if name == "inner"), future)
    return future


def waiting_for(task: asyncio.Task[Any], chain: list[Any]) -> str:
    """What ``task`` waits for, in words: the call of asyncio that the program wrote, or what it awaits.

    Args:
        task: a task that is suspended.
        chain: its `awaits`. A method of an object with a string in ``waits_as`` gives that.
    """
    future = _shielded(getattr(task, asyncio_names.AWAITED, None))
    if isinstance(future, asyncio.Task):
        return f"task {future.get_name()}"
    if isinstance(future, asyncio_names.GatheringFuture):
        return "gather"
    called = ""
    for frame in filter(None, map(frame_of, reversed(chain))):
        module = frame.f_globals.get("__name__", "")
        if module.startswith("asyncio"):  # a call of the library may go through several functions of it
            called = asyncio_names.as_called(frame.f_code.co_qualname) or called
            continue
        stand_in = getattr(frame.f_locals.get("self"), "waits_as", None) if module.startswith("kata.") else None
        if isinstance(stand_in, str) and not called:
            return stand_in
        break
    if called:
        return f"asyncio.{called}"
    return "its next turn" if future is None else "a future"
