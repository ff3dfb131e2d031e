"""`replay`: a page on which one steps through a play, turn by turn: of an exercise, or of a script."""

from __future__ import annotations

import os
import stat
import sys
import tempfile
import webbrowser
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kata.cli import output_files, terminal, without_tests
from kata.cli.arguments import Clock, Seed
from kata.cli.errors import NOT_PASSED, USAGE, Stop
from kata.cli.first_step import FAILS_AS_IT_CAME, first_step
from kata.cli.judging_with_bar import judge
from kata.cli.project import Project
from kata.cli.replay_pages import document_of_exercise, page_of, page_of_script, refuse_to_tell

if TYPE_CHECKING:
    from kata.project.catalog import Exercise

PATIENCE = 10.0
"""Real seconds that a script may take here, where each of its lines is noted."""


def register(app: typer.Typer) -> None:
    """Add the command of this module."""
    app.command("replay")(replay)


def replay(
    name: Annotated[
        list[str] | None,
        typer.Argument(metavar="NAME|FILE", help="An exercise, else the next one; or a Python script, - is stdin."),
    ] = None,
    html: Annotated[
        str, typer.Option(metavar="FILE", help="Write the page there; else to the folder for temporary files.")
    ] = "",
    opened: Annotated[bool, typer.Option("--open", help="Open it in a browser.")] = False,
    solution: Annotated[
        bool, typer.Option("--solution", help="Show the solution's code, too, not only its play.")
    ] = False,
    seed: Seed = 0,
) -> None:
    """Step through what happened, turn by turn, on a page."""
    if html:
        output_files.check({"--html": html})
    if opened and html == output_files.STDOUT:
        raise Stop("--open needs a file; name one with --html, or leave --html out.", USAGE)
    words = name or []
    if len(words) == 1 and _is_script(words[0]):
        text, label = _script(words[0]), Path(words[0]).stem if words[0] != "-" else "stdin"
    else:
        project = Project.here()
        exercise = project.find_or_next(words)
        text, label = _exercise(project, exercise, seed, solution), exercise.number
    target = html or str(_folder() / f"replay-{label}.html")
    output_files.write(target, text)
    if target != output_files.STDOUT:
        _say_where(target)
        if opened:
            _open(Path(target))


def _exercise(project: Project, exercise: Exercise, seed: int, solution: bool) -> str:
    """The page of an exercise."""
    from kata.judge.workers import Workers

    refuse_to_tell(exercise)
    if not without_tests.has_tests(project.root):
        return _script(project.path(exercise))
    untouched = exercise.kind in FAILS_AS_IT_CAME and project.state(exercise).status == "not_started"
    with Workers(project.root, seed=seed) as workers:
        card = judge(
            project,
            [exercise],
            no_cache=False,
            clock=Clock.virtual,
            jobs=1,
            seed=seed,
            workers=workers,
            untouched=untouched,
        )
        verdict = card.exercises[0]
        if verdict.status == "not_started" and not untouched:
            raise Stop(
                first_step(exercise.kind, project.workspace.read(exercise).text, project.path(exercise)), NOT_PASSED
            )
        return page_of(document_of_exercise(project, exercise, verdict, workers, solution=solution))


def _script(file: str) -> str:
    """The page of a script."""
    from kata.cli.trace import Script
    from kata.judge.trace_verdict import verdict_on

    script = Script(file)
    run = script.play([], Clock.virtual, PATIENCE, detail=True)
    verdict = verdict_on(run, script.name, script.path, script.source)
    if not verdict.played:
        raise Stop(verdict.problem, NOT_PASSED)
    return page_of_script(run, script.name, script.source, verdict.problem)


def _is_script(name: str) -> bool:
    """True for a file that is none of the exercises of this clone."""
    if name == "-":
        return True
    if not os.path.isfile(name):
        return False
    try:
        project = Project.here()
    except Stop:
        return True
    path = os.path.realpath(name)
    return all(os.path.realpath(project.workspace.path(each)) != path for each in project.catalog.exercises)


# The page in a file ---------------------------------------------------------------------------------------------


def _folder() -> Path:
    """A folder for temporary files in which nobody else can have put something."""
    user = os.getuid() if hasattr(os, "getuid") else ""
    folder = Path(tempfile.gettempdir()) / f"asyncio-kata-{user}".rstrip("-")
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        found = folder.lstat()
        if stat.S_ISDIR(found.st_mode) and (not user or (found.st_uid == user and not found.st_mode & 0o022)):
            return folder
    except OSError:
        pass
    return Path(tempfile.mkdtemp(prefix="asyncio-kata-"))


def _say_where(target: str) -> None:
    """Print the path of the page, as a link where a terminal shows links."""
    from rich.text import Text

    path = Path(target).absolute()
    console = terminal.console()
    console.print(Text.assemble("Replay: ", (str(path), f"link {path.as_uri()}")), soft_wrap=True)


def _open(path: Path) -> None:
    """Open a page in a browser, or say that there is none."""
    opened = False
    if _has_display():
        try:
            opened = webbrowser.open(path.absolute().as_uri())
        except webbrowser.Error:
            opened = False
    if not opened:
        terminal.error("There is no browser to open here; open that file in one yourself.")


def _has_display() -> bool:
    """False where a browser would take over the terminal, or show nothing."""
    if sys.platform in ("win32", "darwin"):
        return True
    return any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "BROWSER"))
