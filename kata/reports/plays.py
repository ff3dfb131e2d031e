"""The play behind a criterion, drawn for the learner: what the code did, and what a good answer does."""

from __future__ import annotations

from rich.console import Console
from rich.text import Text

from kata.contract.run import Run
from kata.contract.scorecard import Criterion, ExerciseVerdict
from kata.reports.escape import visible
from kata.reports.timeline import Timeline, seconds

__all__ = ["duration", "heading", "recorded", "show"]

ROWS = 12
LINES = 12


def recorded(verdict: ExerciseVerdict) -> Criterion | None:
    """The criterion to draw: the first failing one with a recording; of a passed exercise that with the most points."""
    criteria = [criterion for criterion in verdict.criteria if any(map(_has_story, criterion.runs[:1]))]
    failing = [criterion for criterion in criteria if not criterion.passed]
    if failing or verdict.status != "passed":
        return failing[0] if failing else None
    return max(criteria, key=lambda criterion: criterion.max_points, default=None)


def heading(criterion: Criterion, console: Console) -> None:
    """Print which criterion the plays below belong to."""
    console.print()
    console.print(Text(f"What happened in: {visible(criterion.text or criterion.test, newlines=False)}", "dim"))


def show(run: Run, who: str, console: Console) -> None:
    """Print the timeline of one play under a heading.

    Args:
        run: the play.
        who: whose code was played, such as ``Your code``.
        console: where to.
    """
    console.print()
    console.print(Text.assemble((f"{who}, {duration(run)}", "bold")))
    if run.clock == "real":
        console.print(Text("Times of the real clock, rounded.", "dim"))
    console.print(Timeline(run, rows=ROWS, lines=LINES))


def duration(run: Run) -> str:
    """How long a play took on its clock: ``1 second``, ``2.5 seconds``."""
    number = seconds(run.elapsed).removesuffix("s")
    unit = "second" if number == "1" else "seconds"
    return f"{number} {unit} on the real clock" if run.clock == "real" else f"{number} {unit}"


def _has_story(run: Run) -> bool:
    return run.unfit is None and bool(run.tasks or run.lines or run.blocks)
