"""A traced script for people: how long it took, what its tasks did, and what went wrong."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from kata.contract.run import Run
from kata.contract.scorecard import Diagnosis
from kata.reports import exercise, plays, terminal, wording
from kata.reports import summary as table
from kata.reports.escape import shorten, visible
from kata.reports.timeline import Timeline, View, is_library

__all__ = ["ALL", "show"]

ROWS = 24
LINES = 40

ALL = View()


def show(
    run: Run,
    name: str,
    console: Console,
    *,
    problem: str = "",
    diagnoses: Sequence[Diagnosis] = (),
    notes: Sequence[str] = (),
    view: View = ALL,
    summary: bool = False,
) -> None:
    """Print a traced script.

    Args:
        run: the recording.
        name: what the user calls the script.
        console: where to.
        problem: why it did not end well, empty when it did.
        diagnoses: what it left behind.
        notes: what else there is to know, a sentence each.
        view: which part of it is shown.
        summary: whether a table of what the tasks did with their time follows the picture.
    """
    signs = terminal.marks(console)
    console.print(Text.assemble((visible(name, newlines=False), "bold"), f"  {_facts(run)}"))
    if run.tasks or run.lines or run.blocks:
        console.print()
        picture = Timeline(run, rows=ROWS, lines=LINES, view=view)
        console.print(picture if picture else Text("(nothing of that in these seconds)", "dim"))
    if summary and run.tasks:
        console.print()
        table.show(run, console, view)
    if problem or diagnoses or notes:
        console.print()
    if problem:
        grid = Table.grid(padding=(0, 1))
        grid.add_column(no_wrap=True)
        grid.add_column(overflow="fold")
        text = Text(shorten(visible(problem), lines=exercise.MESSAGE_LINES, characters=6000))
        grid.add_row(Text(signs.failed, "bold red"), text)
        console.print(grid)
    for note in notes:
        console.print(Text(visible(note, newlines=False)))
    for found in diagnoses:
        exercise.diagnosis(found, console)


def _facts(run: Run) -> str:
    tasks = sum(not is_library(task) for task in run.tasks) + run.tasks_dropped
    return f"{wording.count(tasks, 'task')}, {plays.duration(run)}"
