"""`solution` and `reset`: a good answer to compare with, and a fresh start."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from kata.cli import terminal
from kata.cli.arguments import NextUnlessNamed, Yes
from kata.cli.errors import FAILED, NOT_PASSED, USAGE, Stop
from kata.cli.project import Project
from kata.program import COMMAND
from kata.project.workspace import ArchiveError, NotReset

if TYPE_CHECKING:
    from kata.project.catalog import Exercise


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command("solution")(solution)
    app.command("reset")(reset)


def solution(
    name: NextUnlessNamed = None,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Show it although the exercise is not passed.")] = False,
) -> None:
    """Print a good answer and its why, after you passed."""
    project = Project.here()
    exercise = project.find_or_next(name)
    if not yes and not project.state(exercise).was_passed:
        raise Stop(
            f"{exercise.number} is not passed yet; to see its solution all the same, type: "
            f"{COMMAND} solution {exercise.number} --yes",
            NOT_PASSED,
        )
    path = exercise.solution(project.root)
    if not path.parents[1].is_dir():
        raise Stop("Solutions are not part of this copy; ask your teacher.", FAILED)
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, ValueError) as error:
        raise Stop(f"{path} cannot be read ({error}); restore it with git.", FAILED) from error
    terminal.say(text.rstrip("\n"))


def reset(
    names: Annotated[
        list[str] | None, typer.Argument(metavar="NAME", help="Exercises or chapters; else the next exercise.")
    ] = None,
    everything: Annotated[bool, typer.Option("--all", help="Every exercise.")] = False,
    yes: Yes = False,
) -> None:
    """Put files back to how they came; a copy of yours is kept."""
    if names and everything:
        raise Stop("--all is every exercise; leave it out, or the names.", USAGE)
    if yes and not (names or everything):
        raise Stop("Name what to reset with --yes, exercises or chapters, or give --all for every one.", USAGE)
    project = Project.here()
    named = names or everything
    exercises = project.find_all(names or [], whole_chapters=True) if named else [project.find_or_next(None)]
    changed = [exercise for exercise in exercises if project.state(exercise).status != "not_started"]
    if not changed:
        which = project.path(exercises[0]) if len(exercises) == 1 else f"Each of the {len(exercises)} files"
        project.hints.forget(exercise.id for exercise in exercises)
        terminal.say(f"{which} is as it came; there is nothing to reset.")
        return
    if not yes:
        answer = terminal.agreed(_question([project.path(exercise) for exercise in changed]))
        if answer is None:
            again = "--all" if everything else shlex.join(names or [exercises[0].number])
            raise Stop(f"Nobody is there to answer; type: {COMMAND} reset {again} --yes", USAGE)
        if not answer:
            terminal.say("Nothing was changed.")
            return
    for exercise in changed:
        _reset(project, exercise)


def _question(paths: Sequence[str]) -> str:
    if len(paths) == 1:
        return f"Put {paths[0]} back to how it came? A copy of your file is kept."
    listed = "".join(f"  {path}\n" for path in paths)
    return f"{listed}Put these {len(paths)} files back to how they came? A copy of each is kept."


def _reset(project: Project, exercise: Exercise) -> None:
    try:
        copy = project.workspace.reset(exercise)
    except (ArchiveError, NotReset) as error:
        raise Stop(str(error), FAILED) from error
    project.hints.forget([exercise.id])
    terminal.say(f"{project.path(exercise)} is as it came.")
    if copy is not None:
        terminal.say(f"Your file is kept in {project.shown(copy)}")
