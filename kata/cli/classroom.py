"""`class grade` and `class export`: a whole cohort, and what it gets. What they do is in `kata.classroom`."""

from __future__ import annotations

import contextlib
import secrets
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kata.cli import output_files, terminal
from kata.cli.arguments import Clock, ClockOption, Jobs, Seed
from kata.cli.class_similar import similar
from kata.cli.errors import FAILED, USAGE, Stop
from kata.cli.project import Project
from kata.cli.selection import Chapters, Only, selected
from kata.cli.without_tests import refuse
from kata.reports import wording

if TYPE_CHECKING:
    from kata.classroom.results import ClassResult
    from kata.classroom.roster import Roster
    from kata.classroom.run import Graded

commands = typer.Typer(help="For teachers: a whole class.", rich_markup_mode=None, no_args_is_help=False)

SAYS = 20.0
"""Real seconds between two lines of progress where there is no terminal for a bar."""


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    commands.command("similar")(similar)
    app.add_typer(commands, name="class")


@commands.command("grade")
def grade(
    submissions: Annotated[
        Path, typer.Argument(metavar="SUBMISSIONS", help="A folder, or an export, with a folder or zip each.")
    ],
    roster: Annotated[Path | None, typer.Option("--roster", metavar="FILE", help="The students, as CSV.")] = None,
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help="Where results go.")] = Path("class"),
    csv: Annotated[str, typer.Option(metavar="FILE", help="Write the results as CSV; - is stdout.")] = "",
    canvas: Annotated[str, typer.Option(metavar="FILE", help="Write them for Canvas; needs --roster.")] = "",
    moodle: Annotated[str, typer.Option(metavar="FILE", help="Write them for Moodle; needs --roster.")] = "",
    json: Annotated[str, typer.Option(metavar="FILE", help="Write them as JSON.")] = "",
    html: Annotated[str, typer.Option(metavar="FILE", help="Write the class page alone.")] = "",
    assignment: Annotated[
        str, typer.Option(metavar="NAME", help="The column's heading for Canvas and Moodle.")
    ] = "asyncio-kata",
    only: Only = "",
    chapters: Chapters = "",
    clock: ClockOption = Clock.virtual,
    jobs: Jobs = None,
    seed: Seed = 0,
    secret: Annotated[bool, typer.Option("--secret", help="Draw inputs from a seed that nobody knew before.")] = False,
    dask: Annotated[str, typer.Option("--dask", metavar="ADDRESS", help="Judge on the Dask cluster at ADDRESS.")] = "",
) -> None:
    """Grade what a class handed in."""
    from kata.classroom.distributed import Distributed
    from kata.classroom.local import Conditions, Local
    from kata.classroom.run import grade_class
    from kata.classroom.submissions import NoSubmissions
    from kata.judge.grading import GraderError
    from kata.judge.rubric import RubricError
    from kata.project.workspace import ArchiveError

    if secret and seed:
        raise Stop("--secret makes a seed of its own; leave --seed out, or name the seed of an earlier grading.", USAGE)
    if (canvas or moodle) and roster is None:
        raise Stop("--canvas and --moodle need --roster: only those systems know their students' numbers.", USAGE)
    options = {"--csv": csv, "--canvas": canvas, "--moodle": moodle, "--json": json, "--html": html}
    targets = {option: target for option, target in options.items() if target}
    output_files.check(targets)
    project = Project.here()
    refuse(project.root)
    exercises = selected(project, (), only, chapters)
    students = _roster(roster)
    try:
        out.mkdir(parents=True, exist_ok=True)
        conditions = Conditions(project.catalog, project.root, _seed(out, seed, secret), clock.value)
        with contextlib.ExitStack() as stack:
            judge = stack.enter_context(Distributed(conditions, dask)) if dask else Local(conditions, jobs)
            progress = stack.enter_context(_Progress())
            graded = grade_class(
                submissions,
                conditions,
                exercises,
                judge,
                out,
                roster=students,
                title=assignment,
                progress=progress.show,
                warn=terminal.error,
            )
    except NoSubmissions as error:
        raise Stop(str(error), USAGE) from error
    except (GraderError, ArchiveError, RubricError) as error:
        raise Stop(str(error), FAILED) from error
    except OSError as error:
        reason = error.strerror or str(error)
        raise Stop(f"The results cannot be written to {out} ({reason}); name another place with --out.") from error
    for option, target in targets.items():
        output_files.write(target, _render(option, graded, out, assignment))
    for line in graded.result.problems:
        terminal.error(line)
    if output_files.STDOUT not in targets.values():
        _show(graded, out)


@commands.command("export")
def export(
    folder: Annotated[Path | None, typer.Argument(metavar="DIR", help="A new folder: what students get.")] = None,
    without_tests: Annotated[
        bool, typer.Option("--without-tests", help="Leave the hidden tests out: judging happens where you push.")
    ] = False,
    judge: Annotated[
        str,
        typer.Option("--judge", metavar="URL", help="The repository with the judge: your copy of this one."),
    ] = "",
    commit: Annotated[
        str,
        typer.Option("--commit", metavar="HASH", help="The judge's commit; else the one checked out."),
    ] = "",
    gradescope: Annotated[
        Path | None, typer.Option("--gradescope", metavar="FILE.zip", help="Write Gradescope's autograder.")
    ] = None,
    chapters: Annotated[
        str, typer.Option("--chapters", metavar="NUMBERS", help="What Gradescope's autograder grades: 1-3,5")
    ] = "",
) -> None:
    """Write the repository that students get."""
    from kata.classroom import bundle, template
    from kata.judge.rubric import RubricError
    from kata.project.safe_files import write_whole
    from kata.project.workspace import ArchiveError

    if folder is None and gradescope is None:
        raise Stop("Name a new folder for the students' repository, or --gradescope FILE.zip, or both.", USAGE)
    project = Project.here()
    refuse(project.root)
    selected(project, (), "", chapters)
    try:
        if folder is not None:
            address = template.Address(*_address(project.root, judge, commit))
            files = template.students_files(project.catalog, project.workspace, address, tests=not without_tests)
            template.write(folder, files)
            terminal.say(f"{wording.count(len(files), 'file')} written to {folder}")
            terminal.say(f"Its build servers take the judge from {address.url} at {address.commit[:12]}.")
        if gradescope is not None:
            numbers = ",".join(part.strip() for part in chapters.split(","))
            write_whole(gradescope.resolve(), bundle.bundle(project.catalog, project.workspace, numbers))
            terminal.say(f"Gradescope's autograder: {gradescope}")
    except template.NotExported as error:
        raise Stop(str(error), USAGE) from error
    except (ArchiveError, RubricError) as error:
        raise Stop(str(error), FAILED) from error
    except OSError as error:
        raise Stop(f"{error.filename or folder} cannot be written ({error.strerror}); name another place.") from error


def _address(root: Path, judge: str, commit: str) -> tuple[str, str]:
    """Where the judge is: as it was said, else as git knows it."""
    said = judge or _git(root, "remote", "get-url", "origin"), commit or _git(root, "rev-parse", "HEAD")
    if not all(said):
        raise Stop(
            "git does not say where the judge is; name your copy of this repository: "
            "--judge https://github.com/OWNER/NAME.git --commit HASH",
            USAGE,
        )
    return said


def _git(root: Path, *arguments: str) -> str:
    import subprocess

    try:
        done = subprocess.run(
            ["git", "-C", str(root), *arguments], capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL
        )
    except OSError:
        return ""
    return done.stdout.strip() if done.returncode == 0 else ""


def _roster(file: Path | None) -> Roster | None:
    from kata.classroom.roster import RosterError, read_roster

    try:
        return read_roster(file) if file is not None else None
    except RosterError as error:
        raise Stop(str(error), USAGE) from error


def _seed(out: Path, seed: int, secret: bool) -> int:
    """The seed; a secret one is kept with the results, so that the next start goes on with it."""
    if not secret:
        return seed
    from kata.project.safe_files import write_whole

    kept = out / "state" / "seed"
    with contextlib.suppress(OSError, ValueError):
        return int(kept.read_text(encoding="ascii"))
    kept.parent.mkdir(exist_ok=True)
    seed = 1 + secrets.randbelow(2**48)
    write_whole(kept, str(seed).encode())
    return seed


def _render(option: str, graded: Graded, out: Path, assignment: str) -> str:
    from kata.classroom import gradebook, run

    if option in ("--json", "--html"):
        with open(out / (run.JSON if option == "--json" else run.PAGE), encoding="utf-8", newline="") as file:
            return file.read()
    written: dict[str, Callable[[ClassResult], str]] = {
        "--csv": gradebook.plain,
        "--canvas": lambda result: gradebook.canvas(result, assignment),
        "--moodle": lambda result: gradebook.moodle(result, assignment),
    }
    return written[option](graded.result)


def _show(graded: Graded, out: Path) -> None:
    """The table, and where the rest is."""
    from rich.table import Table
    from rich.text import Text

    console = terminal.console()
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim")
    table.add_column("Student", overflow="fold")
    for heading in ("Points", "%", "Done"):
        table.add_column(heading, justify="right", no_wrap=True)
    for student in graded.result.students:
        done = sum(each.status == "passed" for each in student.exercises)
        percent = student.percent
        table.add_row(
            Text(student.name),
            "-" if student.points is None else wording.amount(student.points),
            "-" if percent is None else f"{percent:.0f}",
            "-" if percent is None else f"{done} of {len(student.exercises)}",
        )
    console.print(table)
    console.print()
    result = graded.result
    terminal.say(f"{wording.count(len(result.graded), 'student')} of {len(result.students)} graded.")
    known = f"; {wording.count(graded.shared, 'file')} had a verdict already" if graded.shared else ""
    terminal.say(f"{wording.count(graded.played, 'file')} judged{known}.")
    for repeated in result.repeat:
        terminal.say(f"To repeat: {repeated.name} ({wording.count(repeated.students, 'student')})")
    terminal.say(f"The class page: {out / 'index.html'}")


class _Progress:
    """How far it is and how long it takes: a bar on a terminal, else a line now and then; on standard error."""

    def __enter__(self) -> _Progress:
        self._began = self._said = time.monotonic()
        self._on_line = False
        self._terminal = sys.stderr.isatty()
        return self

    def show(self, done: float, total: int) -> None:
        """So many students are done, in parts of one."""
        now = time.monotonic()
        if now - self._said < (0.2 if self._terminal else SAYS) or done <= 0:
            return
        self._said = now
        left = (now - self._began) * (total - done) / done
        line = f"{int(done)} of {wording.count(total, 'student')}, about {_in_words(left)} left"
        if self._terminal:
            self._on_line = True
            sys.stderr.write(f"\r{line:<60}")
            sys.stderr.flush()
        else:
            terminal.error(line)

    def __exit__(self, *_: object) -> None:
        if self._on_line:
            sys.stderr.write(f"\r{'':<60}\r")
            sys.stderr.flush()


def _in_words(seconds: float) -> str:
    return f"{seconds:.0f} s" if seconds < 90 else f"{seconds / 60:.0f} min"
