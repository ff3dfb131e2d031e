"""`dev check`, `dev mutate`, `dev new` and `dev pack`: for authors of exercises."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path
from typing import Annotated, Literal

import typer

from kata.authoring import templates
from kata.cli import output_files, terminal
from kata.cli.arguments import Jobs, Names, Quick, Yes
from kata.cli.errors import FAILED, NOT_PASSED, USAGE, Stop
from kata.cli.project import Project
from kata.program import COMMAND
from kata.project.catalog import Exercise
from kata.project.workspace import ARCHIVE, ArchiveError, Unreadable
from kata.reports import wording

ID = re.compile(r"(\d\d)_([a-z][a-z0-9_]*)/(\d\d)_([a-z][a-z0-9_]*)")

commands = typer.Typer(help="For authors of exercises.", rich_markup_mode=None, no_args_is_help=False)


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.add_typer(commands, name="dev")


@commands.command("check")
def check(names: Names = None, jobs: Jobs = None, quick: Quick = False) -> None:
    """Prove that each exercise accepts what is right and nothing else."""
    prove(Project.here(), names or [], jobs, "none" if quick else "all", 0 if quick else 1)


def prove(
    project: Project, names: list[str], jobs: int | None, real: Literal["none", "solutions", "all"], mutants: int
) -> None:
    """Run `kata.authoring.check` and show what it finds.

    Raises:
        Stop: judging itself failed.
        typer.Exit: with 1 when there are problems.
    """
    from kata.authoring.check import check as checked
    from kata.judge.grading import GraderError

    exercises = project.find_all(names)
    try:
        problems = checked(
            project.catalog, project.workspace, exercises, jobs=jobs, real=real, mutants=mutants, report=_tell
        )
    except GraderError as error:
        raise Stop(str(error), FAILED) from error
    for problem in problems:
        _tell(problem)
    if problems:
        terminal.error(f"{wording.count(len(problems), 'problem')} in {wording.count(len(exercises), 'exercise')}.")
        raise typer.Exit(NOT_PASSED)
    terminal.say(f"{wording.count(len(exercises), 'exercise')} checked, no problem.")


@commands.command("mutate")
def mutate(
    names: Names = None,
    jobs: Jobs = None,
    sample: Annotated[int, typer.Option("--sample", metavar="N", min=1, help="Play every Nth mutant only.")] = 1,
    json: Annotated[str, typer.Option("--json", metavar="FILE", help="Write the table as JSON; - is stdout.")] = "",
) -> None:
    """Show mistakes that no hidden test notices."""
    from kata.authoring.mutation import table
    from kata.authoring.mutation.measure import ReasonError, measure
    from kata.judge.grading import GraderError

    project = Project.here()
    output_files.check({"--json": json} if json else {})
    said = _tell if json != output_files.STDOUT else (lambda line: None)
    try:
        found = measure(
            project.catalog,
            project.root,
            project.find_all(names or []),
            jobs=jobs,
            chosen=table.every(sample),
            report=said,
        )
    except (GraderError, ReasonError) as error:
        raise Stop(str(error), FAILED) from error
    if json:
        output_files.write(json, table.as_json(found))
    for line in table.lines(found):
        said(line)
    if any(each.survivors or (each.stale and sample == 1) for each in found):
        raise typer.Exit(NOT_PASSED)


@commands.command("new")
def new(
    exercise_id: Annotated[str, typer.Argument(metavar="ID", help="Such as 05_gather_and_wait/11_my_name.")],
) -> None:
    """Write a new exercise, and print its entry for the catalog."""
    found = ID.fullmatch(exercise_id)
    if found is None:
        raise Stop(f"{exercise_id!r} is no exercise id; it looks like 05_gather_and_wait/11_my_name.", USAGE)
    project = Project.here()
    chapter, stem = exercise_id.split("/")
    files = templates.files(chapter, stem)
    if (project.root / templates.readme(chapter)).exists():
        del files[templates.readme(chapter)]
    for name in files:
        if (project.root / name).exists():
            raise Stop(f"{name} is there already; choose another id, or remove it.", USAGE)
    for name, text in files.items():
        _write(project.root / name, text)
        terminal.say(f"written  {name}")
    known = chapter in {each.id for each in project.catalog.chapters}
    place = ", at the end of the chapter" if known else ""
    terminal.say(f"\nAdd to exercises/catalog.toml{place}:\n")
    terminal.say(templates.entry(chapter, stem, with_chapter=not known))
    terminal.say(f"Then: {COMMAND} dev pack, and {COMMAND} dev check {exercise_id}")


@commands.command("pack")
def pack(yes: Yes = False) -> None:
    """Make the files in exercises/ what `reset` brings back."""
    from kata.authoring.pack import pack as packed
    from kata.judge.grading import GraderError

    project = Project.here()
    replaced = [exercise for exercise in project.catalog.exercises if _would_be_replaced(project, exercise)]
    if replaced and not yes:
        listed = "".join(f"  {project.path(exercise)}\n" for exercise in replaced)
        files = wording.count(len(replaced), "file")
        answer = terminal.agreed(f"{listed}{files} changed. Make that what `reset` brings back, for good?")
        if answer is None:
            raise Stop(
                f"{files} in exercises/ changed, and nobody is there to say whether reset shall bring that back; "
                f"type: {COMMAND} dev pack --yes",
                USAGE,
            )
        if not answer:
            terminal.say("Nothing was packed.")
            return
    try:
        packed(project.root)
    except GraderError as error:
        raise Stop(str(error), FAILED) from error
    terminal.say("kata/pristine.zip is up to date.")


def _would_be_replaced(project: Project, exercise: Exercise) -> bool:
    """True for a file that is not as the archive has it: an author's new stub, or what a learner wrote."""
    try:
        return project.workspace.started(exercise)
    except Unreadable:
        return False
    except ArchiveError:  # a new exercise replaces nothing; without an archive nobody knows
        return not zipfile.is_zipfile(project.root / ARCHIVE)


def _tell(message: object) -> None:
    from kata.reports.escape import visible

    terminal.say(visible(str(message)))


def _write(path: Path, text: str) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except OSError as error:
        raise Stop(f"{path} cannot be written ({error.strerror or error}).", FAILED) from error
