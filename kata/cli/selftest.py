"""`selftest`: the project's own tests, then the proof that every exercise judges rightly."""

from __future__ import annotations

import contextlib
import dataclasses
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from kata import program
from kata.cli import terminal
from kata.cli.arguments import Quick
from kata.cli.errors import FAILED, NOT_PASSED, Stop
from kata.cli.project import Project, not_installed
from kata.project.workspace import ARCHIVE, ArchiveError, Workspace

TESTS = "tests/engine"

SAMPLE = 25
"""Of so many mutants one is played; `dev mutate` plays them all."""


def register(app: typer.Typer) -> None:
    """Add the command of this module."""
    app.command("selftest", context_settings={"allow_extra_args": True, "ignore_unknown_options": True})(selftest)


def selftest(
    arguments: Annotated[
        list[str] | None,
        typer.Argument(metavar="ARGUMENT", help="Passed on to pytest; a path is tested instead of all."),
    ] = None,
    quick: Quick = False,
) -> None:
    """Run the project's own tests, then prove every exercise.

    What you wrote in exercises/ does not matter: the proof takes the files as they came.
    """
    if not (program.ROOT / TESTS).is_dir():
        raise not_installed("project's own tests", f"{program.IN_A_CLONE} selftest")
    failed: list[str] = []
    terminal.say(f"== Tests of the program (pytest {TESTS})")
    sys.stdout.flush()
    if not _tests_pass([*(("-m", "not once") if quick else ()), *(arguments or [])]):
        failed.append(TESTS)
    terminal.say("")
    terminal.say("== Proof of the exercises (dev check)")
    sys.stdout.flush()
    if not _exercises_are_proved(quick):
        failed.append("dev check")
    terminal.say("")
    if failed:
        terminal.say(f"== Not passed: {', '.join(failed)}.")
        raise typer.Exit(NOT_PASSED)
    terminal.say("== All passed.")


def _tests_pass(arguments: list[str]) -> bool:
    """Run pytest as this clone configures it, whatever else the environment asks of pytest and Python."""
    named = any((program.ROOT / argument.partition("::")[0]).exists() for argument in arguments)
    command = [sys.executable, "-m", "pytest", *([] if named else [TESTS]), "-q", *arguments]
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST", "PYTHON"))}
    return subprocess.run(command, cwd=program.ROOT, env=kept, check=False).returncode == 0


def _exercises_are_proved(quick: bool) -> bool:
    from kata.cli.dev import prove

    try:
        with _as_it_came(Project.here()) as project:
            prove(project, [], None, "none" if quick else "solutions", SAMPLE)
    except Stop as stop:
        terminal.error(stop.message)
        return False
    except typer.Exit as end:
        return not end.exit_code
    return True


@contextlib.contextmanager
def _as_it_came(project: Project) -> Iterator[Project]:
    """A copy of the clone whose exercises are the packed ones, whatever the learner made of them.

    Raises:
        Stop: the archive of pristine stubs cannot be read, or there is no room for the copy.
    """
    try:
        stubs = {exercise: project.workspace.pristine(exercise) for exercise in project.catalog.exercises}
    except ArchiveError as error:
        raise Stop(str(error), FAILED) from error
    with tempfile.TemporaryDirectory(prefix="asyncio-kata-") as folder:
        root = Path(folder)
        try:
            _copy(project, root)
            for exercise, text in stubs.items():
                exercise.stub(root).write_text(text, encoding="utf-8")
        except OSError as error:
            raise Stop(f"The exercises cannot be copied to {root} to be proved: {error}", FAILED) from error
        yield dataclasses.replace(project, root=root, workspace=Workspace(root), cache=None)


def _copy(project: Project, root: Path) -> None:
    """All that a proof needs, but the files that a learner edits."""
    for chapter in project.catalog.chapters:
        readme = Path("exercises", chapter.id, "README.md")
        (root / readme).parent.mkdir(parents=True)
        shutil.copy(project.root / readme, root / readme)
    for part in ("solutions", "tests/hidden", "tests/answers"):
        shutil.copytree(project.root / part, root / part)
    (root / ARCHIVE).parent.mkdir()
    shutil.copy(project.root / ARCHIVE, root / ARCHIVE)
