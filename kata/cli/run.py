"""`run`: judge one exercise and show it in full, with what its tasks did."""

from __future__ import annotations

import shlex
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kata.cli import output_files, terminal, without_tests
from kata.cli.arguments import Clock, ClockOption, NextUnlessNamed, NoCache, Seed, Submission
from kata.cli.errors import DONE, NOT_PASSED, USAGE, Stop
from kata.cli.judging_with_bar import judge
from kata.cli.project import Project
from kata.program import COMMAND

if TYPE_CHECKING:
    from rich.console import Console

    from kata.contract.scorecard import ExerciseVerdict
    from kata.judge.workers import Workers
    from kata.project.catalog import Exercise


def register(app: typer.Typer) -> None:
    """Add the command of this module."""
    app.command("run")(run)


def run(
    name: NextUnlessNamed = None,
    submission: Submission = None,
    no_cache: NoCache = False,
    clock: ClockOption = Clock.virtual,
    seed: Seed = 0,
    svg: Annotated[str, typer.Option(metavar="FILE", help="Draw what is shown as SVG, too; - is stdout.")] = "",
) -> None:
    """Judge one exercise and show it in full, with what its tasks did."""
    from kata.judge.workers import Workers

    if svg:
        output_files.check({"--svg": svg})
    if name is None and submission is not None:
        raise Stop("Which exercise of a submission comes next is not known; name one with --submission.", USAGE)
    project = Project.here(submission)
    exercise = project.find_or_next(name)
    if not without_tests.has_tests(project.root):
        without_tests.show(project, exercise)
        raise typer.Exit(NOT_PASSED)
    on_stdout = svg == output_files.STDOUT
    console = terminal.console(stderr=on_stdout)
    with Workers(project.root, seed=seed, clock=clock.value) as workers:
        card = judge(project, [exercise], no_cache=no_cache, clock=clock, jobs=1, seed=seed, workers=workers)
        verdict = card.exercises[0]
        _show(project, exercise, verdict, workers, console, svg)
    if not on_stdout:
        _say_how_to_go_on(project, exercise, verdict, console, submission)
    raise typer.Exit(DONE if verdict.status == "passed" else NOT_PASSED)


def _show(
    project: Project, exercise: Exercise, verdict: ExerciseVerdict, workers: Workers, console: Console, svg: str
) -> None:
    """The verdict, then the play of its first failing criterion and what the solution does there."""
    from kata.reports import exercise as report
    from kata.reports import plays

    drawn = plays.recorded(verdict) if exercise.kind != "predict" else None
    parts: list[Callable[[Console], None]] = [lambda console: report.show(verdict, console, drawn=drawn)]
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


def _say_how_to_go_on(
    project: Project, exercise: Exercise, verdict: ExerciseVerdict, console: Console, submission: Path | None
) -> None:
    from kata.reports import terminal as report

    console.print()
    if verdict.status == "not_started":
        report.next_step(exercise.number, exercise.titled, project.path(exercise), console, first=True)
    elif verdict.status != "passed":
        where = f" --submission {shlex.quote(str(submission))}" if submission else ""
        terminal.say(f"Another try: {COMMAND} run {exercise.number}{where}")
        terminal.say(f"A hint:      {COMMAND} hint {exercise.number}")
    else:
        terminal.say(f"Compare with a good answer: {COMMAND} solution {exercise.number}")
        following = project.next_exercise(after=exercise)
        if following is not None:
            console.print()
            report.next_step(following.number, following.titled, project.path(following), console)
