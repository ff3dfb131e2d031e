"""The play behind a criterion, for the learner: what the code did, what a good answer does, and where the two part."""

from __future__ import annotations

import itertools
from collections import Counter
from dataclasses import dataclass

from rich.console import Console
from rich.text import Text

from kata.contract.run import Run, TaskRecord
from kata.contract.scorecard import Criterion, ExerciseVerdict
from kata.contract.texts import shown
from kata.contract.values import PlainValueError, from_wire
from kata.reports import wording
from kata.reports.calls_in_turn import calls_in_turn
from kata.reports.course import course
from kata.reports.escape import visible
from kata.reports.timeline import READABLE, Pair, Played, Timeline, names_in, seconds
from kata.reports.timeline.rows import Row, Rows

__all__ = ["Comparison", "compare", "duration", "failing", "heading", "recorded", "show"]

ROWS = 12
LINES = 12
IN_ALL = 13
"""Rows, printed lines and notes of two pictures together: with what stands around them they take 22 lines."""

AROUND = 9
"""Lines of headings, ruler, legend and the like that stand around them."""

FEWEST = 3
"""Rows that are shown in any case: fewer show nothing."""

EVERY = 400
"""Room for all rows and lines."""

RESULT = 40
"""Characters of a result in a heading."""


def failing(verdict: ExerciseVerdict) -> list[Criterion]:
    """The failing criteria whose plays can be compared with others, in their order; first those that do not hold."""
    found = [each for each in verdict.criteria if not each.passed and each.runs and each.runs[0].unfit is None]
    return sorted(found, key=lambda criterion: criterion.holds)


def recorded(verdict: ExerciseVerdict) -> Criterion | None:
    """The criterion to draw: the first failing one with a recording; of a passed exercise that with the most points."""
    if verdict.status != "passed":
        return next((each for each in failing(verdict) if _has_story(each.runs[0])), None)
    criteria = [criterion for criterion in verdict.criteria if any(map(_has_story, criterion.runs[:1]))]
    return max(criteria, key=lambda criterion: criterion.max_points, default=None)


def heading(criterion: Criterion, console: Console) -> None:
    """Print which criterion the plays below belong to, on one line."""
    console.print()
    said = Text(f"What happened in: {visible(criterion.text or criterion.test, newlines=False)}", "dim")
    said.truncate(min(console.width, READABLE), overflow="ellipsis" if _has_dots(console) else "crop")
    console.print(said)


def show(run: Run, text: str, console: Console, *, room: int = 2 * IN_ALL) -> None:
    """Print the timeline of one play of the learner's code under a heading.

    Args:
        run: the play.
        text: the code.
        console: where to.
        room: lines that there are for it.
    """
    names = names_in(text)
    console.print()
    console.print(Text(_cut(title(run, names, "Your code"), console), "bold"))
    if run.clock == "real":
        console.print(Text("Times of the real clock, rounded.", "dim"))
    rows = _rows(room)
    rows, lines = (rows, rows) if rows > ROWS else (min(rows, ROWS // 2), ROWS // 2)
    console.print(Timeline(run, rows=rows, lines=lines, names=names))


@dataclass(frozen=True)
class Comparison:
    """Two plays under one criterion, as one picture."""

    criterion: Criterion
    picture: Pair

    def show(self, console: Console) -> None:
        """Print it."""
        heading(self.criterion, console)
        if self.criterion.runs[0].clock == "real":
            console.print(Text("Times of the real clock, rounded.", "dim"))
        for line in self.picture.texts(console.width, console.encoding):
            console.print(line)


def compare(
    criterion: Criterion, text: str, good: Run, good_text: str, console: Console, *, room: int = 2 * IN_ALL
) -> Comparison | None:
    """What ``criterion.runs[0]`` and the solution's play of it show of their difference; None where nothing does.

    Args:
        criterion: failed.
        text: the learner's code.
        good: what the solution does there.
        good_text: the solution.
        console: decides how wide the pictures are.
        room: lines that there are for it.
    """
    run = criterion.runs[0]
    names, others = names_in(text), names_in(good_text)
    stopped = run.limit is not None  # where it was stopped is no difference of the code
    if stopped or course(run, names) == course(good, others) or _shows_nothing(run, good, names):
        return None
    if good.error is None and _is_told(run, criterion):
        return None
    pair = _pair(run, good, names, others, console, room)
    return Comparison(criterion, pair) if pair is not None else None


def _pair(
    run: Run, good: Run, names: frozenset[str], others: frozenset[str], console: Console, room: int
) -> Pair | None:
    """Pictures of both in which more differs than names; of their tasks, or else of their calls."""
    titles, start = (title(run, names, "Your code"), title(good, others, "The solution")), 0.0
    mine, theirs = calls_in_turn(run, names), calls_in_turn(good, others)
    if mine and theirs:
        pairs = zip(itertools.count(1), mine, theirs, strict=False)
        number, run, good = next(
            (each for each in pairs if course(each[1], names) != course(each[2], others)), (0, run, good)
        )
        if not number:
            return None
        which = f"call {number} of {max(len(mine), len(theirs))}"
        titles = _of_call(run, names, f"Your code, {which}"), _of_call(good, others, f"The solution, {which}")
        start = min(run.tasks[0].created, good.tasks[0].created)
    played = Played(run, names, titles[0], start), Played(good, others, titles[1], start)
    for calls in (False, True):
        pair = Pair(*played, rows=_rows(room), calls=calls)
        if pair.texts(console.width, console.encoding):
            return pair
    return None


def _is_told(run: Run, criterion: Criterion) -> bool:
    """Whether the play broke off, and the words above say with which error and in which line."""
    if run.error is None:
        return False
    lines = {found.line for found in criterion.diagnoses}
    named = any(line.line in lines or f"line {line.line}" in criterion.message for line in run.error.traceback)
    return named and run.error.type in criterion.message


def _shows_nothing(run: Run, good: Run, names: frozenset[str]) -> bool:
    """Whether a picture of the code's play would be a row in which it fails, waits for ever or returns at once."""
    rows = [row for row in Rows(run, len(run.tasks) + 1, names).all if row.own]
    over = not run.elapsed and not run.timers
    alone = len(rows) == 1 and (over or run.failed > good.failed)
    return alone or not (rows or run.timers)


def _rows(room: int) -> int:
    """How many rows, printed lines and notes find room on so many lines."""
    return EVERY if room >= EVERY else min(max(room - AROUND, FEWEST), IN_ALL)


def title(run: Run, names: frozenset[str], who: str) -> str:
    """Whose play it is, of which function, how long that took, and how it ended.

    Args:
        run: the play.
        names: what that code defines.
        who: such as ``Your code``.
    """
    main = run.tasks[0] if run.tasks else None
    if main is not None and _is_called(main, names):
        return f"{who}: {main.coroutine} {_how(run)}"
    rows = [row for row in Rows(run, len(run.tasks) + 1, names).all if row.own and row.depth == 0]
    if len(rows) == 1:
        return f"{who}: {_one(rows[0])}"
    counted = Counter(row.name for row in rows)
    said = ", ".join(f"{name} {count} times" if count > 1 else name for name, count in counted.most_common(3))
    more = " and others" if len(counted) > 3 else ""
    ends = [row.task.spans[-1].end if row.task.spans else row.task.created for row in rows]
    if not rows:
        return f"{who}, {duration(run)}" if main is None else who
    return f"{who}: {said}{more}, until second {seconds(max(ends)).removesuffix('s')}"


def duration(run: Run) -> str:
    """How long a play took on its clock: ``1 second``, ``2.5 seconds``."""
    return f"{_lasting(run.elapsed)} on the real clock" if run.clock == "real" else _lasting(run.elapsed)


def _lasting(time: float) -> str:
    number = seconds(time).removesuffix("s")
    return f"{number} {'second' if number == '1' else 'seconds'}"


def _is_called(main: TaskRecord, names: frozenset[str]) -> bool:
    """Whether the play is a call of this function of the code's, by nobody but the test."""
    drives = any(span.what == "the test" for span in main.spans)
    return main.parent is None and main.created_at is None and main.coroutine in names and not drives


def _how(run: Run) -> str:
    """How long a call took, and how it ended."""
    if run.deadlock is not None:
        return f"never ended, from second {seconds(run.deadlock.at).removesuffix('s')} on nothing could wake it"
    if run.limit is not None:
        return "was stopped before its end"
    took = f"took {duration(run)}"
    if run.error is not None:
        return f"{took} and raised {run.error.type}"
    try:
        return f"{took} and returned {wording.without_noise(shown(from_wire(run.returned), RESULT))}"
    except PlainValueError:
        return took


def _one(row: Row) -> str:
    task = row.task
    if not row.ends:
        return row.name
    if task.ended_by_cleanup or task.outcome == "pending" or task.ended is None:
        return f"{row.name} did not end"
    end = " and was cancelled" if task.outcome == "cancelled" else ""
    if task.outcome == "cancelled" and not task.cancel_requests:
        end = " and raised CancelledError"  # that of another task
    if task.outcome == "raised" and task.error is not None:
        end = f" and raised {task.error.type}"
    return f"{row.name} took {_lasting(task.ended - task.created)}{end}"


def _of_call(run: Run, names: frozenset[str], who: str) -> str:
    return f"{who}: {_one(Rows(run, len(run.tasks) + 1, names).all[0])}"


def _cut(text: str, console: Console) -> str:
    said = Text(visible(text, newlines=False))
    said.truncate(min(console.width, READABLE), overflow="ellipsis" if _has_dots(console) else "crop")
    return said.plain


def _has_dots(console: Console) -> bool:
    try:
        "…".encode(console.encoding)
    except (LookupError, UnicodeError):
        return False
    return True


def _has_story(run: Run) -> bool:
    return run.unfit is None and bool(run.tasks or run.lines or run.blocks)
