"""Copies that were handed out without hidden tests: what can be shown there, and what cannot be done."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from kata.cli import terminal
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
    from kata.cli.arguments import Clock
    from kata.cli.browse import _criteria, _rubric
    from kata.cli.trace import PATIENCE, _draw, _Script
    from kata.judge.trace_verdict import verdict_on

    console = terminal.console()
    console.print(exercise.titled, style="bold")
    terminal.say("Judged when you push; this copy has no hidden tests. What will be checked:")
    console.print(_criteria(_rubric(project, exercise)))
    console.print()
    script = _Script(project.path(exercise))
    run = script.play([], Clock.virtual, PATIENCE[Clock.virtual])
    verdict = verdict_on(run, script.name, script.path, script.source)
    if verdict.played or run.tasks or run.lines:
        _draw(run, script, verdict, console)
    elif verdict.problem:
        terminal.error(verdict.problem)
