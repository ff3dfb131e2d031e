"""The criteria of an exercise, as they are shown before anything is judged."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from kata.cli import terminal
from kata.cli.errors import FAILED, Stop
from kata.cli.project import Project

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
    from kata.reports import criteria

    return criteria.table(((item.text, item.points) for item in rubric), terminal.width())
