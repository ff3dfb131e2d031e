"""`run`: judge one exercise and show it in full, with what its tasks did."""

from __future__ import annotations

import io
import shlex
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kata.cli import output_files, replay_pages, terminal, without_tests
from kata.cli.arguments import Clock, ClockOption, NextUnlessNamed, NoCache, Seed, Submission
from kata.cli.errors import DONE, NOT_PASSED, USAGE, Stop
from kata.cli.first_step import FAILS_AS_IT_CAME, first_step
from kata.cli.judging_with_bar import judge
from kata.cli.project import Project
from kata.program import COMMAND

if TYPE_CHECKING:
    from rich.console import Console

    from kata.contract.scorecard import ExerciseVerdict, Status
    from kata.judge.workers import Workers
    from kata.project.catalog import Exercise
    from kata.project.workspace import Workspace


SCREEN = 40
"""Lines that the whole output takes at most, unless all is asked for."""

BELOW = 3
"""Lines below the pictures."""


def register(app: typer.Typer) -> None:
    """Add the command of this module."""
    app.command("run")(run)


def run(
    name: NextUnlessNamed = None,
    submission: Submission = None,
    no_cache: NoCache = False,
    clock: ClockOption = Clock.virtual,
    seed: Seed = 0,
    all_reasons: Annotated[bool, typer.Option("--all", help="Show every criterion's reasons and every row.")] = False,
    svg: Annotated[str, typer.Option(metavar="FILE", help="Draw what is shown as SVG, too; - is stdout.")] = "",
    html: Annotated[str, typer.Option(metavar="FILE", help="Write a page that replays it turn by turn, too.")] = "",
) -> None:
    """Judge one exercise and show it in full, with what its tasks did."""
    from kata.judge.workers import Workers

    output_files.check({option: target for option, target in {"--svg": svg, "--html": html}.items() if target})
    if not name and submission is not None:
        raise Stop("Which exercise of a submission comes next is not known; name one with --submission.", USAGE)
    project = Project.here(submission)
    exercise = project.find_or_next(name)
    if not without_tests.has_tests(project.root):
        without_tests.show(project, exercise)
        raise typer.Exit(NOT_PASSED)
    untouched = exercise.kind in FAILS_AS_IT_CAME and project.state(exercise).status == "not_started"
    on_stdout = output_files.STDOUT in (svg, html)
    console = terminal.console(stderr=on_stdout)
    with Workers(project.root, seed=seed, clock=clock.value) as workers:
        card = judge(
            project, [exercise], no_cache=no_cache, clock=clock, jobs=1, seed=seed, workers=workers, untouched=untouched
        )
        verdict = card.exercises[0]
        if untouched:
            console.print("The file is as it came and has earned nothing yet. Judged as it is, it fails like this:\n")
        _show(project, exercise, verdict, workers, console, svg, all_reasons)
        if html:
            document = replay_pages.document_of_exercise(project, exercise, verdict, workers)
            output_files.write(html, replay_pages.page_of(document))
    if not on_stdout:
        begun = not untouched and verdict.status != "not_started"
        _say_how_to_go_on(project, exercise, verdict.status if begun else "not_started", console, submission)
    raise typer.Exit(DONE if verdict.status == "passed" else NOT_PASSED)


COMPARED = 3
"""Failing criteria whose plays are looked at for a difference that can be seen, at most: each has its own cost."""


def _show(
    project: Project,
    exercise: Exercise,
    verdict: ExerciseVerdict,
    workers: Workers,
    console: Console,
    svg: str,
    all_reasons: bool,
) -> None:
    """The verdict, then a play in which the code and the solution part."""
    from kata.reports import exercise as report
    from kata.reports import plays

    def told(pictured: bool) -> Callable[[Console], None]:
        return lambda console: report.show(verdict, console, pictured=pictured, all_reasons=all_reasons)

    room = plays.EVERY if all_reasons else SCREEN - _height(told(True), console) - BELOW
    drawn = pictures(project.workspace, exercise, verdict, workers, console, room)
    parts = [told(bool(drawn)), *drawn]
    for part in parts:
        part(console)
    if svg:
        from kata.reports import svg as picture

        canvas = picture.canvas()
        for part in parts:
            part(canvas)
        output_files.write(svg, picture.render(canvas, f"{COMMAND} run {exercise.number}"))


def _height(part: Callable[[Console], None], console: Console) -> int:
    """How many lines that takes on this console."""
    from rich.console import Console as Canvas

    canvas = Canvas(file=io.StringIO(), width=console.width, markup=False, emoji=False, highlight=False)
    with canvas.capture() as captured:
        part(canvas)
    return captured.get().count("\n")


def pictures(
    workspace: Workspace,
    exercise: Exercise,
    verdict: ExerciseVerdict,
    workers: Workers,
    console: Console,
    room: int,
) -> list[Callable[[Console], None]]:
    """What to print of the plays: the difference to the solution, or the code's own play where there is no other.

    Args:
        workspace: where the code is that was judged.
        exercise: what it was for.
        verdict: what came of it.
        workers: those that judged it; they play the solution.
        console: decides how wide the pictures are.
        room: lines that there are for them.
    """
    from kata.judge.solution import solution_run, solution_text
    from kata.reports import plays

    drawn = plays.recorded(verdict) if exercise.kind != "predict" else None
    if drawn is None and (exercise.kind == "predict" or not plays.failing(verdict)):
        return []
    text = workspace.read(exercise).text
    compared = False
    for criterion in [] if verdict.status == "passed" else plays.failing(verdict)[:COMPARED]:
        good = solution_run(workers, workspace, exercise, criterion)
        if good is None:
            continue
        compared = True
        found = plays.compare(criterion, text, good, solution_text(workspace, exercise), console, room=room)
        if found is not None:
            return [found.show]
    if compared or drawn is None:  # and the same in all that was recorded: two pictures that are alike explain nothing
        return []
    return [
        lambda console: plays.heading(drawn, console),
        lambda console: plays.show(drawn.runs[0], text, console, room=room),
    ]


def _say_how_to_go_on(
    project: Project, exercise: Exercise, status: Status, console: Console, submission: Path | None
) -> None:
    from kata.reports import terminal as report

    console.print()
    if status == "not_started":
        if exercise.kind not in FAILS_AS_IT_CAME:
            terminal.say(first_step(exercise.kind, project.workspace.read(exercise).text, project.path(exercise)))
            console.print()
        report.next_step(exercise.number, exercise.titled, project.path(exercise), console, first=True)
    elif status != "passed":
        where = f" --submission {shlex.quote(str(submission))}" if submission else ""
        terminal.say(f"Another try: {COMMAND} run {exercise.number}{where}")
        terminal.say(f"A hint:      {COMMAND} hint {exercise.number}")
    else:
        terminal.say(f"Compare with a good answer: {COMMAND} solution {exercise.number}")
        following = project.next_exercise(after=exercise)
        if following is not None:
            console.print()
            report.next_step(following.number, following.titled, project.path(following), console)
