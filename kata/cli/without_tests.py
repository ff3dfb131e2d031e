"""Copies that were handed out without hidden tests: what can be shown there, and what cannot be done."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from kata.cli import criteria, terminal, trace
from kata.cli.errors import FAILED, Stop
from kata.cli.project import Project
from kata.judge.rubric import has_tests
from kata.program import COMMAND

if TYPE_CHECKING:
    from kata.project.catalog import Exercise

__all__ = ["has_tests", "refuse", "show"]


def refuse(root: Path) -> None:
    """End a command that judges.

    Raises:
        Stop: there are no hidden tests.
    """
    if not has_tests(root):
        raise Stop(
            "This copy has no hidden tests: your exercises are judged when you push. "
            f"What will be checked, and what your code does now: {COMMAND} run NAME",
            FAILED,
        )


def show(project: Project, exercise: Exercise) -> None:
    """What will be checked, and what the file does when it is started."""
    console = terminal.console()
    console.print(exercise.titled, style="bold")
    terminal.say("Judged when you push; this copy has no hidden tests. What will be checked:")
    console.print(criteria.table(criteria.of(project, exercise)))
    console.print()
    trace.show(project.path(exercise))
