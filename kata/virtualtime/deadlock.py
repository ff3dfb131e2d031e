"""The report of a deadlock: nothing can go on, and who waits for what."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from typing import Any, NamedTuple

from kata.virtualtime.waits import awaits, frame_of, waiting_for

__all__ = ["DeadlockError", "Place", "Waiting", "waiting"]


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
