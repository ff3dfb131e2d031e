"""Who waits for what: where a task stands, and the report of a deadlock."""

from __future__ import annotations

import asyncio
import types
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from kata.virtualtime.loop import VirtualLoop


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
    """Nothing is left that could ever wake the loop. ``waiting`` names every task that is stuck."""

    def __init__(self, at: float, waiting: list[Waiting]) -> None:
        self.at = at
        self.waiting = waiting
        lines = [f"deadlock after {at:g} virtual seconds: nothing is left that could wake the event loop"]
        for task in waiting:
            place = f" at {task.places[-1].file}:{task.places[-1].line}" if task.places else ""
            lines.append(f"  {task.name} waits for {task.what}{place}")
        super().__init__("\n".join(lines))

    @classmethod
    def of(cls, loop: VirtualLoop, call: str = "") -> DeadlockError:
        """The report for a loop that just found nothing left to do.

        Args:
            loop: whose tasks are stuck.
            call: the blocking call in which the loop's own thread is stuck, if that is why.
        """
        tasks = sorted(asyncio.all_tasks(loop), key=_age)
        current = asyncio.current_task(loop)
        return cls(
            loop.clock.elapsed,
            [waiting(task)._replace(what=call) if call and task is current else waiting(task) for task in tasks],
        )


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


def waiting_for(task: asyncio.Task[Any], chain: list[Any]) -> str:
    """What ``task`` waits for, in words.

    Args:
        task: a task that is suspended.
        chain: its `awaits`. A library call in it gives its name; a method of an object with a string in
            ``waits_as`` gives that.
    """
    future = getattr(task, "_fut_waiter", None)
    if isinstance(future, asyncio.Task):
        return f"task {future.get_name()}"
    if isinstance(future, asyncio.Future) and type(future).__name__ == "_GatheringFuture":
        return "gather"
    for item in reversed(chain):
        frame = frame_of(item)
        if frame is None:
            continue
        module = frame.f_globals.get("__name__", "")
        stand_in = getattr(frame.f_locals.get("self"), "waits_as", None) if module.startswith("kata.") else None
        if isinstance(stand_in, str):
            return stand_in
        if module.startswith("asyncio"):
            return "asyncio." + str(frame.f_code.co_qualname).removeprefix("_")
        break
    if future is None:
        return "its next turn"
    return "a future"
