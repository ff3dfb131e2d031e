"""Diagnosis of a wait that comes back before all that it is for has ended."""

from __future__ import annotations

from kata.contract.scorecard import Diagnosis
from kata.judge.clean import at, second_of
from kata.judge.diagnosis.case import Case

__all__ = ["asked_too_soon"]


def asked_too_soon(case: Case) -> Diagnosis | None:
    """A result is asked for when `asyncio.wait` came back before all that it was for had ended."""
    error = case.run.error
    if error is None or error.type != "InvalidStateError" or "not set" not in error.message or not error.traceback:
        return None
    waits = [
        span
        for task in case.run.tasks
        for span in task.spans
        if span.kind == "waiting" and span.what == "asyncio.wait" and span.at is not None and span.asked is None
    ]
    last = max(waits, key=lambda span: span.end, default=None)
    if last is None or last.at is None:
        return None
    # Tasks that others end in the same moment had a later step; only the order of the steps tells them.
    tasks = {task.name: task for task in case.run.tasks if task.spans}
    left = [name for name in last.on if name in tasks and tasks[name].spans[-1].order > last.order]
    if not left:
        return None
    return at(
        last.at,
        "asyncio_error",
        f"The wait{{}} came back at {second_of(last.end)}, and {len(left)} of its {len(last.on) + last.on_dropped} "
        f"tasks had not ended: return_when lets it. Line {error.traceback[-1].line} asks such a task for its result, "
        "and there is none yet. Wait for all of them.",
    )
