"""Timers and time limits as rows: when each was set, until when, and whether it fired."""

from __future__ import annotations

from kata.contract.run import Run, TaskRecord, Timer
from kata.reports.timeline.rows import Row

__all__ = ["with_timers"]

LIMIT = "time limit"


def with_timers(rows: list[Row], run: Run, *, limits_too: bool = True) -> list[Row]:
    """The rows of tasks, each followed by one of its time limits; then one for each function that timers call.

    Args:
        rows: of tasks.
        run: their recording.
        limits_too: False where the time limits are no part of the story.
    """
    limits: dict[str | None, list[Timer]] = {}
    calls: dict[str, list[Timer]] = {}
    for timer in run.timers:
        if timer.calls:
            calls.setdefault(timer.calls.rpartition(".")[2], []).append(timer)
        elif limits_too and (timer.fired or timer.ended != timer.set):
            limits.setdefault(timer.task, []).append(timer)
    found: list[Row] = []
    for row in rows:
        found.append(row)
        timers = limits.pop(row.task.name, [])
        if timers and row.own:
            found.append(_row(LIMIT, timers, row.depth + 1))
    return found + [_row(f"{name}, by timer", timers, 0) for name, timers in calls.items()]


def _row(name: str, timers: list[Timer], depth: int) -> Row:
    return Row(TaskRecord(name, name, timers[0].set), depth, name=name, timers=timers)
