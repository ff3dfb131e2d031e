"""What of a play one sees with a watch alone: when something began, ended, was printed, blocked or was left behind.

Two plays that went the same way in this sense look the same in a picture but for how the code is written; whatever the
learner needs to know of them then is no question of time.

>>> from kata.contract.run import Run
>>> course(Run(elapsed=1.0), frozenset()) == course(Run(elapsed=1.0, returned="another value"), frozenset())
True
"""

from __future__ import annotations

from kata.contract.run import Run
from kata.reports.timeline import digested, lines_of
from kata.reports.timeline.rows import Row, Rows

__all__ = ["course"]


def course(run: Run, names: frozenset[str]) -> tuple[object, ...]:
    """All that can be timed in a play, to compare it with another one of the same test.

    Args:
        run: the play.
        names: what the code defines that is played.

    Returns:
        Virtual seconds and what happened at them: how long it took, the calls of fakes, the printed lines, the
        ends of tasks, and what blocked, fired, was cancelled or left. Not among them: values, names of tasks, whom
        they waited for, how many did the same at the same time, and in which order, unless they printed something.
    """
    rows = [row for row in Rows(run, len(run.tasks) + 1, names).all if row.own]
    calls = {
        (call.fake, call.start, call.end, call.outcome == "cancelled") for made in run.calls.values() for call in made
    }
    return (
        round(run.elapsed, 9),
        calls,
        [(line.text, line.at) for line in digested(lines_of(run, names)) if line.stream == "stdout"],
        {(_end(row), row.task.ended) for row in rows},
        {(block.start, block.seconds) for block in run.blocks},
        {timer.ended for timer in run.timers if timer.fired},
        run.deadlock is None,
        run.limit is None,
    )


def _end(row: Row) -> str:
    """How a task ended; of one that the test began itself, only whether it did: how is what its test asks for."""
    if row.task.ended_by_cleanup or row.task.outcome == "pending":
        return "left"
    return "cancelled" if row.task.outcome == "cancelled" and row.depth else "ended"
