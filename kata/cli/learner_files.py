"""`solution` and `reset`: a good answer to compare with, and a fresh start."""

from __future__ import annotations

from typing import Annotated

import typer

from kata.cli import terminal
from kata.cli.browse import Name
from kata.cli.errors import FAILED, NOT_PASSED, USAGE, Stop
from kata.cli.progress import state
from kata.cli.project import Project
from kata.program import COMMAND
from kata.project.workspace import ArchiveError, NotReset


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command("solution")(solution)
    app.command("reset")(reset)


def solution(
    name: Name,
    yes: Annotated[bool, typer.Option("--yes", help="Show it although the exercise is not passed.")] = False,
) -> None:
    """Print a good answer and its why, after you passed."""
    project = Project.here()
    exercise = project.find(name)
    if not yes and state(project, exercise).status != "passed":
        raise Stop(
            f"{exercise.number} is not passed yet; to see its solution all the same, type: "
            f"{COMMAND} solution {exercise.number} --yes",
            NOT_PASSED,
        )
    path = exercise.solution(project.root)
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, ValueError) as error:
        raise Stop(f"{path} cannot be read ({error}); restore it with git.", FAILED) from error
    terminal.say(text.rstrip("\n"))


def reset(
    name: Name,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Put a file back to how it came; a copy of yours is kept."""
    project = Project.here()
    exercise = project.find(name)
    path = project.path(exercise)
    if state(project, exercise).status == "not_started":
        terminal.say(f"{path} is as it came; there is nothing to reset.")
        return
    if not yes:
        answer = terminal.agreed(f"Put {path} back to how it came? A copy of your file is kept.")
        if answer is None:
            raise Stop(
                f"Nobody is there to answer; type: {COMMAND} reset {exercise.number} --yes",
                USAGE,
            )
        if not answer:
            terminal.say("Nothing was changed.")
            return
    try:
        copy = project.workspace.reset(exercise)
    except (ArchiveError, NotReset) as error:
        raise Stop(str(error), FAILED) from error
    terminal.say(f"{path} is as it came.")
    if copy is not None:
        terminal.say(f"Your file is kept in {project.shown(copy)}")
