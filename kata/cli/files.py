"""`solution` and `reset`: a good answer to compare with, and a fresh start."""

from __future__ import annotations

from typing import Annotated

import typer

from kata.cli import screen
from kata.cli.clone import Clone
from kata.cli.progress import state
from kata.cli.reading import Name
from kata.cli.stopping import FAILED, NOT_PASSED, USAGE, Stop
from kata.reports.wording import COMMAND
from kata.workspace import ArchiveError, NotReset


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command("solution")(solution)
    app.command("reset")(reset)


def solution(
    name: Name,
    yes: Annotated[bool, typer.Option("--yes", help="Show it although the exercise is not passed.")] = False,
) -> None:
    """Print a good answer and its why, after you passed."""
    clone = Clone.here()
    exercise = clone.find(name)
    if not yes and state(clone, exercise).status != "passed":
        raise Stop(
            f"{exercise.number} is not passed yet; to see its solution all the same, type: "
            f"{COMMAND} solution {exercise.number} --yes",
            NOT_PASSED,
        )
    path = exercise.solution(clone.root)
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, ValueError) as error:
        raise Stop(f"{path} cannot be read ({error}); restore it with git.", FAILED) from error
    screen.say(text.rstrip("\n"))


def reset(
    name: Name,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Put a file back to how it came; a copy of yours is kept."""
    clone = Clone.here()
    exercise = clone.find(name)
    path = clone.path(exercise)
    if state(clone, exercise).status == "not_started":
        screen.say(f"{path} is as it came; there is nothing to reset.")
        return
    if not yes:
        answer = screen.agreed(f"Put {path} back to how it came? A copy of your file is kept.")
        if answer is None:
            raise Stop(
                f"Nobody is there to answer; type: {COMMAND} reset {exercise.number} --yes",
                USAGE,
            )
        if not answer:
            screen.say("Nothing was changed.")
            return
    try:
        copy = clone.workspace.reset(exercise)
    except (ArchiveError, NotReset) as error:
        raise Stop(str(error), FAILED) from error
    screen.say(f"{path} is as it came.")
    if copy is not None:
        screen.say(f"Your file is kept in {clone.shown(copy)}")
