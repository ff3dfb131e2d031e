"""The criteria of an exercise, as they are shown before anything is judged."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from kata.cli import terminal
from kata.cli.errors import FAILED, Stop
from kata.cli.project import Project
from kata.reports import wording

if TYPE_CHECKING:
    from rich.console import RenderableType

    from kata.judge.rubric import RubricItem
    from kata.project.catalog import Exercise

__all__ = ["of", "table"]


def of(project: Project, exercise: Exercise) -> tuple[RubricItem, ...]:
    """The criteria of an exercise.

    Raises:
        Stop: its hidden tests cannot be read.
    """
    from kata.judge.rubric import RubricError, read_rubric

    try:
        return read_rubric(exercise.hidden(project.root), exercise.points)
    except RubricError as error:
        raise Stop(str(error), FAILED) from error


def table(rubric: Sequence[RubricItem]) -> RenderableType:
    """Criteria with what each is worth, a line each, as wide as the terminal."""
    from rich.padding import Padding
    from rich.table import Table
    from rich.text import Text

    lines = Table.grid(padding=(0, 2, 0, 0))
    lines.width = terminal.width() - 2
    lines.add_column(overflow="fold", ratio=1)
    lines.add_column(no_wrap=True, justify="right")
    for item in rubric:
        lines.add_row(Text(item.text), Text(wording.points(item.points), "dim"))
    return Padding(lines, (0, 0, 0, 2))
