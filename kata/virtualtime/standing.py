"""Where a task stands that waits: on what, for which tasks, and in which line of one file."""

from __future__ import annotations

import asyncio
from typing import Any, NamedTuple

from kata.virtualtime.asyncio_names import AWAITED, WAIT, GatheringFuture
from kata.virtualtime.callback_labels import members, task_label
from kata.virtualtime.waits import awaits, frame_of, shielded, waiting_for

__all__ = ["Standing", "standing"]

NAMED = 3
"""Tasks that are named in words."""
MOST = 100
"""Tasks that are named at all."""


class Standing(NamedTuple):
    """See `Turn`, which has these names."""

    on: str
    on_tasks: list[str]
    line: int
    function: str


def standing(task: asyncio.Task[Any], file: str, sleep: float | None = None) -> Standing:
    """Where a suspended task stands.

    Args:
        task: one that has had its first step.
        file: of which a line is wanted, as in its code objects.
        sleep: for a task that sleeps: the virtual seconds.
    """
    chain = list(awaits(task.get_coro()))
    what = waiting_for(task, chain)
    if sleep is not None and what == "asyncio.sleep":
        what = f"asyncio.sleep({sleep:.12g})"
    future = shielded(getattr(task, AWAITED, None))
    tasks = _awaited_tasks(future, chain)
    names = [task_label(each) for each in tasks[:MOST]]
    if names and not issubclass(type(future), asyncio.Task):
        more = f" and {len(tasks) - NAMED} more" if len(tasks) > NAMED else ""
        what += f" of {', '.join(names[:NAMED])}{more}"
    own = [frame for frame in map(frame_of, chain) if frame is not None and frame.f_code.co_filename == file]
    if not own:
        return Standing(what, names, 0, "")
    return Standing(what, names, own[-1].f_lineno or 0, own[-1].f_code.co_qualname)


def _awaited_tasks(future: Any, chain: list[Any]) -> list[asyncio.Task[Any]]:
    """The tasks whose end the innermost call of asyncio waits for, as far as they have not ended."""
    if issubclass(type(future), asyncio.Task):
        return [future]
    if type(future) is GatheringFuture:
        return _alive(members(future._children))  # type: ignore[attr-defined]
    for frame in filter(None, map(frame_of, reversed(chain))):
        if frame.f_code is WAIT:
            return _alive(members(frame.f_locals.get("fs")))
        group = frame.f_locals.get("self") if frame.f_globals.get("__name__") == "asyncio.taskgroups" else None
        if type(group) is asyncio.TaskGroup:
            return _alive(members(group._tasks))
        if not frame.f_globals.get("__name__", "").startswith("asyncio"):
            break
    return []


def _alive(tasks: list[asyncio.Task[Any]]) -> list[asyncio.Task[Any]]:
    return [task for task in tasks if not asyncio.Task.done(task)]
