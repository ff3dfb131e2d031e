"""`watch`: a screen that judges an exercise each time it is saved."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from typing import TYPE_CHECKING, Annotated

import typer

from kata import program
from kata.cli import browse, editor, terminal, without_tests
from kata.cli.arguments import NextUnlessNamed, Seed
from kata.cli.errors import DONE, FAILED, INTERRUPTED, NOT_PASSED, Stop
from kata.cli.first_step import FAILS_AS_IT_CAME
from kata.cli.project import Project
from kata.cli.run import pictures

if TYPE_CHECKING:
    from kata.project.catalog import Exercise
    from kata.tui.given import Given
    from kata.tui.judging import WarmJudge

LONGEST = 60
"""Real seconds after which making the page of a replay is given up."""


def register(app: typer.Typer) -> None:
    """Add the command of this module."""
    app.command("watch")(watch)


def watch(
    name: NextUnlessNamed = None,
    plain: Annotated[
        bool, typer.Option("--plain", help="Print line by line, without a screen; so it is without a terminal, too.")
    ] = False,
    seed: Seed = 0,
) -> None:
    """Judge an exercise each time it is saved, on a screen of its own."""
    project = Project.here()
    without_tests.refuse(project.root)
    exercise = project.find(" ".join(name)) if name else project.next_exercise() or project.catalog.exercises[0]
    from kata.tui.judging import WarmJudge

    given = _given(project)
    with WarmJudge(given, seed=seed) as judge:
        if plain or not (sys.stdin.isatty() and sys.stdout.isatty()):
            _print(given, judge, exercise)
        else:
            _show(given, judge, exercise)


def _given(project: Project) -> Given:
    from kata.tui.given import Given

    return Given(
        project=project,
        pictures=pictures,
        task=lambda exercise: browse.task(project, exercise),
        facts=browse.facts,
        edit=lambda exercise, line: _edit(project, exercise, line),
        replay=_replay,
        as_it_came=FAILS_AS_IT_CAME,
    )


def _show(given: Given, judge: WarmJudge, exercise: Exercise) -> None:
    from kata.tui.app import WatchApp

    ended = WatchApp(given, judge, exercise).run()
    if isinstance(ended, BaseException):
        raise ended
    if ended == INTERRUPTED:
        raise KeyboardInterrupt
    raise typer.Exit(ended if isinstance(ended, int) else FAILED)


def _print(given: Given, judge: WarmJudge, exercise: Exercise) -> None:
    from kata.tui.plain import Lines
    from kata.tui.watching import Watching

    console = terminal.console()
    judge.width = console.width
    watching = Watching(given.project, judge, Lines(given, console), exercise)

    async def lines() -> None:
        terminal.say(f"Watching {exercise.titled}: {given.project.path(exercise)} is judged each time it is saved.")
        terminal.say("Ctrl-C ends this.")
        sys.stdout.flush()
        await watching.run()

    with asyncio.Runner() as runner:
        runner.get_loop()  # made first, so that Ctrl-C finds no coroutine that is not begun
        runner.run(lines())


def _edit(project: Project, exercise: Exercise, line: int) -> str:
    try:
        editor.edit(editor.command_for(project, exercise, line))
    except Stop as stop:
        return stop.message
    return ""


def _replay(exercise: Exercise) -> str:
    """Make the page in a process of its own: this one has threads, and must not be copied any more."""
    command = [sys.executable, "-m", "kata", "replay", exercise.number, "--open"]
    try:
        done = subprocess.run(
            command, cwd=program.ROOT, stdin=subprocess.DEVNULL, capture_output=True, timeout=LONGEST, check=False
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        return f"The page cannot be made ({error}); try: {program.COMMAND} replay {exercise.number}"
    where, said = (each.decode(errors="replace").strip().splitlines() for each in (done.stdout, done.stderr))
    if said:  # it was not made, or it is there and no browser could open it
        return f"{where[-1]}. {said[-1]}" if where else said[-1]
    if done.returncode in (DONE, NOT_PASSED):
        return ""
    return f"The page cannot be made; try: {program.COMMAND} replay {exercise.number}"
