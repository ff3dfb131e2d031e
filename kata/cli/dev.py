"""`dev check`, `dev new` and `dev pack`: for authors of exercises."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated, Literal

import typer

from kata.cli import screen, templates
from kata.cli.clone import Clone
from kata.cli.stopping import FAILED, NOT_PASSED, USAGE, Stop
from kata.reports import wording

ID = re.compile(r"(\d\d)_([a-z][a-z0-9_]*)/(\d\d)_([a-z][a-z0-9_]*)")

commands = typer.Typer(help="For authors of exercises.", rich_markup_mode=None, no_args_is_help=False)


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.add_typer(commands, name="dev")


@commands.command("check")
def check(
    names: Annotated[
        list[str] | None, typer.Argument(metavar="NAME", help="Exercises or chapters; all by default.")
    ] = None,
    jobs: Annotated[int | None, typer.Option("--jobs", metavar="N", min=1, help="Check N at once.")] = None,
    quick: Annotated[bool, typer.Option("--quick", help="Leave out what waits in real time.")] = False,
) -> None:
    """Prove that each exercise accepts what is right and refuses the rest."""
    prove(names or [], jobs, "none" if quick else "all")


def prove(names: list[str], jobs: int | None, real: Literal["none", "solutions", "all"]) -> None:
    """Run `kata.judge.check` and show what it finds.

    Raises:
        Stop: judging itself failed.
        typer.Exit: with 1 when there are problems.
    """
    from kata.judge.check import check as checked
    from kata.judge.grading import GraderError

    clone = Clone.here()
    exercises = clone.find_all(names)
    try:
        problems = checked(clone.catalog, clone.workspace, exercises, jobs=jobs, real=real, report=_tell)
    except GraderError as error:
        raise Stop(str(error), FAILED) from error
    for problem in problems:
        _tell(problem)
    if problems:
        screen.error(f"{wording.count(len(problems), 'problem')} in {wording.count(len(exercises), 'exercise')}.")
        raise typer.Exit(NOT_PASSED)
    screen.say(f"{wording.count(len(exercises), 'exercise')} checked, no problem.")


@commands.command("new")
def new(
    exercise_id: Annotated[str, typer.Argument(metavar="ID", help="Such as 05_gather_and_wait/11_my_name.")],
) -> None:
    """Write a new exercise, and print its entry for the catalog."""
    found = ID.fullmatch(exercise_id)
    if found is None:
        raise Stop(f"{exercise_id!r} is no exercise id; it looks like 05_gather_and_wait/11_my_name.", USAGE)
    clone = Clone.here()
    chapter, stem = exercise_id.split("/")
    files = templates.files(chapter, stem)
    if (clone.root / templates.readme(chapter)).exists():
        del files[templates.readme(chapter)]
    for name in files:
        if (clone.root / name).exists():
            raise Stop(f"{name} is there already; choose another id, or remove it.", USAGE)
    for name, text in files.items():
        _write(clone.root / name, text)
        screen.say(f"written  {name}")
    known = chapter in {each.id for each in clone.catalog.chapters}
    place = ", at the end of the chapter" if known else ""
    screen.say(f"\nAdd to exercises/catalog.toml{place}:\n")
    screen.say(templates.entry(chapter, stem, with_chapter=not known))
    screen.say(f"Then: {wording.COMMAND} dev pack, and {wording.COMMAND} dev check {exercise_id}")


@commands.command("pack")
def pack() -> None:
    """Build the archive of untouched stubs, kata/pristine.zip."""
    from kata.judge.check import pack as packed
    from kata.judge.grading import GraderError

    try:
        packed(Clone.here().root)
    except GraderError as error:
        raise Stop(str(error), FAILED) from error
    screen.say("kata/pristine.zip is up to date.")


def _tell(message: object) -> None:
    from kata.reports.harmless import visible

    screen.say(visible(str(message)))


def _write(path: Path, text: str) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except OSError as error:
        raise Stop(f"{path} cannot be written ({error.strerror or error}).", FAILED) from error
