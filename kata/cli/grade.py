"""`grade` and `run`: judge exercises, show the outcome, write reports."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Callable, Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kata.cli import output_files, terminal
from kata.cli.errors import DONE, FAILED, NOT_PASSED, Stop
from kata.cli.project import Project
from kata.program import COMMAND

if TYPE_CHECKING:
    from rich.console import Console
    from rich.progress import Progress

    from kata.contract.scorecard import ExerciseVerdict, Scorecard
    from kata.judge.workers import Workers
    from kata.project.catalog import Exercise


class Clock(StrEnum):
    """The clock on which exercises are played."""

    virtual = "virtual"
    real = "real"


Submission = Annotated[
    Path | None,
    typer.Option("--submission", metavar="DIR", help="Judge the files in DIR instead of exercises/."),
]
NoCache = Annotated[bool, typer.Option("--no-cache", help="Judge again what has not changed.")]
ClockOption = Annotated[
    Clock, typer.Option("--clock", help="virtual is exact and quick; real takes as long as it says.")
]
Jobs = Annotated[
    int | None,
    typer.Option("--jobs", metavar="N", min=1, help="Judge N exercises at once (by default: the cores and one more)."),
]
Seed = Annotated[int, typer.Option("--seed", metavar="N", min=0, help="Draw other inputs for the tests.")]


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command("grade")(grade)
    app.command("run")(run)


def grade(
    names: Annotated[
        list[str] | None, typer.Argument(metavar="NAME", help="Exercises or chapters; all by default.")
    ] = None,
    submission: Submission = None,
    json: Annotated[str, typer.Option(metavar="FILE", help="Write the scorecard as JSON; - is stdout.")] = "",
    junit: Annotated[str, typer.Option(metavar="FILE", help="Write it as JUnit XML; - is stdout.")] = "",
    markdown: Annotated[str, typer.Option(metavar="FILE", help="Write it as Markdown; - is stdout.")] = "",
    fail_under: Annotated[
        float,
        typer.Option(metavar="PCT", min=0, max=100, help="Exit with 1 when the score is below PCT percent."),
    ] = 0.0,
    no_cache: NoCache = False,
    clock: ClockOption = Clock.virtual,
    jobs: Jobs = None,
    seed: Seed = 0,
) -> None:
    """Judge what changed and show the score; also without a command."""
    options = {"--json": json, "--junit": junit, "--markdown": markdown}
    targets = {option: target for option, target in options.items() if target}
    output_files.check(targets)
    project = Project.here(submission)
    exercises = project.find_all(names or [])
    if not exercises:
        raise Stop("The catalog has no exercises; restore exercises/catalog.toml with git.", FAILED)
    card = judge(project, exercises, submission, no_cache=no_cache, clock=clock, jobs=jobs, seed=seed)
    for option, target in targets.items():
        output_files.write(target, _render(option, card))
    if output_files.STDOUT not in targets.values():
        from kata.reports import terminal as report

        report.overview(card, terminal.console())
    if card.percent < fail_under - 1e-9:
        terminal.error(f"The score of {card.percent:.1f} % is below the {fail_under:g} % that were asked for.")
        raise typer.Exit(NOT_PASSED)


def run(
    name: Annotated[str, typer.Argument(metavar="NAME", help="05.02, wait_to_gather, a path, or a part.")],
    submission: Submission = None,
    no_cache: NoCache = False,
    clock: ClockOption = Clock.virtual,
    seed: Seed = 0,
    svg: Annotated[str, typer.Option(metavar="FILE", help="Draw what is shown as SVG, too; - is stdout.")] = "",
) -> None:
    """Judge one exercise and show it in full, with what its tasks did."""
    from kata.judge.workers import Workers
    from kata.reports import terminal as report

    if svg:
        output_files.check({"--svg": svg})
    project = Project.here(submission)
    exercise = project.find(name)
    console = terminal.console(stderr=svg == output_files.STDOUT)
    with Workers(project.root, seed=seed, clock=clock.value) as workers:
        card = judge(
            project, [exercise], submission, no_cache=no_cache, clock=clock, jobs=1, seed=seed, workers=workers
        )
        verdict = card.exercises[0]
        _show(project, exercise, verdict, workers, console, svg)
    if svg == output_files.STDOUT:
        raise typer.Exit(NOT_PASSED if verdict.status != "passed" else DONE)
    if verdict.status == "not_started":
        report.next_step(verdict, console, first=True)
        raise typer.Exit(NOT_PASSED)
    if verdict.status != "passed":
        where = f" --submission {shlex.quote(str(submission))}" if submission else ""
        terminal.say(f"\nAnother try: {COMMAND} run {exercise.number}{where}")
        terminal.say(f"A hint:      {COMMAND} hint {exercise.number}")
        raise typer.Exit(NOT_PASSED)
    terminal.say(f"\nCompare with a good answer: {COMMAND} solution {exercise.number}")
    following = _following(project, exercise)
    if following is not None:
        report.next_step(following, console)


def _show(
    project: Project, exercise: Exercise, verdict: ExerciseVerdict, workers: Workers, console: Console, svg: str
) -> None:
    """The verdict, then the play of its first failing criterion and what the solution does there."""
    from kata.reports import plays
    from kata.reports import terminal as report

    drawn = plays.recorded(verdict) if exercise.kind != "predict" else None
    parts: list[Callable[[Console], None]] = [lambda console: report.exercise(verdict, console, drawn=drawn)]
    if drawn is not None:
        parts.append(lambda console: plays.heading(drawn, console))
        parts.append(lambda console: plays.show(drawn.runs[0], "Your code", console))
    for part in parts:
        part(console)
    if drawn is not None and not drawn.passed:
        from kata.judge.solution import solution_run

        good = solution_run(workers, project.workspace, exercise, drawn)
        if good is not None:
            parts.append(lambda console: plays.show(good, "The solution", console))
            parts[-1](console)
    if svg:
        from kata.reports import svg as picture

        canvas = picture.canvas()
        for part in parts:
            part(canvas)
        output_files.write(svg, picture.render(canvas, f"{COMMAND} run {exercise.number}"))


def judge(
    project: Project,
    exercises: Sequence[Exercise],
    submission: Path | None,
    *,
    no_cache: bool,
    clock: Clock,
    jobs: int | None,
    seed: int,
    workers: Workers | None = None,
) -> Scorecard:
    """Judge exercises with a bar on standard error, when that is a report.

    Verdicts are kept for the learner's own files only: those of another submission would push them out.

    Raises:
        Stop: the judge itself failed.
    """
    from kata.judge.grading import GraderError
    from kata.judge.grading import grade as judged

    cache = None if no_cache or submission is not None else project.cache
    with _Bar(len(exercises)) as bar:
        try:
            return judged(
                project.catalog,
                project.workspace,
                exercises,
                seed=seed,
                clock=clock.value,
                jobs=jobs,
                cache=cache,
                progress=bar.advance,
                warn=terminal.error,
                workers=workers,
            )
        except GraderError as error:
            raise Stop(str(error), FAILED) from error


class _Bar:
    """A progress bar that leaves no trace, and that is not there at all outside a report."""

    def __init__(self, total: int) -> None:
        self.total = total

    def __enter__(self) -> _Bar:
        self._progress: Progress | None = None
        if self.total > 1 and sys.stderr.isatty():
            from rich import progress

            columns = (
                progress.TextColumn("Judging"),
                progress.BarColumn(bar_width=None),
                progress.MofNCompleteColumn(),
            )
            self._progress = progress.Progress(
                *columns,
                console=terminal.console(stderr=True),
                transient=True,
                expand=True,
                redirect_stdout=False,
                redirect_stderr=False,
            )
            self._task = self._progress.add_task("", total=self.total)
            self._progress.start()
        return self

    def advance(self, verdict: ExerciseVerdict) -> None:
        """One more exercise is judged."""
        if self._progress is not None:
            self._progress.advance(self._task)

    def __exit__(self, *_: object) -> None:
        if self._progress is not None:
            self._progress.stop()


def _following(project: Project, exercise: Exercise) -> ExerciseVerdict | None:
    """The next exercise of the catalog that is not passed yet, as the reports show it."""
    from kata.cli.progress import state
    from kata.contract.scorecard import ExerciseVerdict

    exercises = project.catalog.exercises
    for other in exercises[exercises.index(exercise) + 1 :]:
        known = state(project, other)
        if known.status != "passed":
            return ExerciseVerdict(
                other.id, known.status, 0.0, other.points, 0.0, title=other.title, file=project.path(other)
            )
    return None


def _render(option: str, card: Scorecard) -> str:
    if option == "--json":
        from kata.reports import json_report

        return json_report.render(card)
    if option == "--junit":
        from kata.reports import junit

        return junit.render(card)
    from kata.reports import markdown

    return markdown.render(card)
