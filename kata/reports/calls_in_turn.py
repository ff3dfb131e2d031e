"""A test may call a function several times, one call after another: its play as one for each call.

Of two such plays the first call that differs says most: what comes before it is the same on both sides, and what comes
after it is only later.
"""

from __future__ import annotations

import itertools

import msgspec

from kata.contract.run import Run
from kata.reports.timeline.rows import Row, Rows

__all__ = ["calls_in_turn"]


def calls_in_turn(run: Run, names: frozenset[str]) -> list[Run]:
    """The play of each call; none where there is one call only, or where several were under way at once.

    Args:
        run: what a test had called.
        names: what the code defines that is played.

    Returns:
        Recordings of just the tasks of one call each, with what these did, at their moments in the whole play.
    """
    calls = _calls(run, names)
    return [_only(run, rows) for rows in calls] if len(calls) > 1 else []


def _calls(run: Run, names: frozenset[str]) -> list[list[Row]]:
    """The tasks of each call, if they are calls of one function and one ended before the next began; else nothing."""
    calls: list[list[Row]] = []
    for row in Rows(run, len(run.tasks) + 1, names).all:
        if row.own and row.ends and row.depth == 0:
            calls.append([row])
        elif row.own and calls:
            calls[-1].append(row)
        else:
            return []
    heads = [call[0].task for call in calls]
    one_name = len({task.coroutine for task in heads}) == 1
    in_turn = all(one.ended is not None and one.ended <= other.created for one, other in itertools.pairwise(heads))
    return calls if one_name and in_turn else []


def _only(run: Run, rows: list[Row]) -> Run:
    tasks = [row.task for row in rows]
    known = {task.name for task in tasks}
    return msgspec.structs.replace(
        run,
        tasks=tasks,
        elapsed=0.0,
        lines=[line for line in run.lines if line.task in known],
        calls={fake: [call for call in calls if call.task in known] for fake, calls in run.calls.items()},
        blocks=[block for block in run.blocks if block.task in known],
        timers=[timer for timer in run.timers if timer.task in known],
    )
