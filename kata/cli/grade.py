"""`grade`: judge what changed, show the score, write reports."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated

import typer

from kata.cli import output_files, replay_pages, terminal, without_tests
from kata.cli.arguments import Clock, ClockOption, Jobs, Names, NoCache, Seed, Submission
from kata.cli.errors import NOT_PASSED, USAGE, Stop
from kata.cli.judging_with_bar import judge
from kata.cli.project import Project
from kata.cli.selection import Chapters, Only, selected

if TYPE_CHECKING:
    from markupsafe import Markup

    from kata.contract.scorecard import ExerciseVerdict, Scorecard


def register(app: typer.Typer) -> None:
    """Add the command of this module."""
    app.command("grade")(grade)


def grade(
    names: Names = None,
    submission: Submission = None,
    json: Annotated[str, typer.Option(metavar="FILE", help="Write the scorecard as JSON; - is stdout.")] = "",
    junit: Annotated[str, typer.Option(metavar="FILE", help="Write it as JUnit XML; - is stdout.")] = "",
    markdown: Annotated[str, typer.Option(metavar="FILE", help="Write it as Markdown; - is stdout.")] = "",
    html: Annotated[
        str, typer.Option(metavar="FILE", help="Write it as a page; replays of what failed beside it.")
    ] = "",
    classroom: Annotated[
        str, typer.Option(metavar="FILE", help="Write lines for $GITHUB_OUTPUT, for GitHub Classroom's reporter.")
    ] = "",
    annotations: Annotated[
        str, typer.Option(metavar="FILE", help="Write GitHub's commands that mark the learner's lines.")
    ] = "",
    gradescope: Annotated[str, typer.Option(metavar="FILE", help="Write Gradescope's results.json.")] = "",
    only: Only = "",
    chapters: Chapters = "",
    fail_under: Annotated[
        float,
        typer.Option(metavar="PCT", min=0, max=100, help="Exit with 1 when the score is below PCT percent."),
    ] = 0.0,
    no_cache: NoCache = False,
    clock: ClockOption = Clock.virtual,
    jobs: Jobs = None,
    seed: Seed = 0,
    secret: Annotated[
        bool,
        typer.Option("--secret", help="Draw inputs from a seed that nobody knew before; it is shown with the score."),
    ] = False,
) -> None:
    """Judge what changed and show the score; also without a command."""
    if secret and seed:
        raise Stop("--secret makes a seed of its own; leave --seed out, or name the seed of an earlier grading.", USAGE)
    options = {
        "--json": json,
        "--junit": junit,
        "--markdown": markdown,
        "--html": html,
        "--classroom": classroom,
        "--annotations": annotations,
        "--gradescope": gradescope,
    }
    targets = {option: target for option, target in options.items() if target}
    output_files.check(targets)
    project = Project.here(submission)
    exercises = selected(project, names or [], only, chapters)
    without_tests.refuse(project.root)
    if secret:
        seed = 1 + secrets.randbelow(2**48)  # a whole number in every reader of JSON
    card = judge(project, exercises, no_cache=no_cache, clock=clock, jobs=jobs, seed=seed)
    for option, target in targets.items():
        text = _page(project, card, target) if option == "--html" else _renderer(option)(card)
        output_files.write(target, text)
    if output_files.STDOUT not in targets.values():
        from kata.reports import terminal as report

        report.overview(card, terminal.console())
    if card.percent < fail_under - 1e-9:
        terminal.error(f"The score of {card.percent:.1f} % is below the {fail_under:g} % that were asked for.")
        raise typer.Exit(NOT_PASSED)


def _page(project: Project, card: Scorecard, target: str) -> str:
    """The page of a scorecard, with replays of what failed beside it."""
    from kata.classroom import page

    silent = {exercise.id for exercise in project.catalog.exercises if exercise.kind == "predict"}
    replays = replay_pages.beside(target, project, card)

    def part(verdict: ExerciseVerdict) -> Markup:
        return page.exercise_part(verdict, drawn=verdict.id not in silent, replay=replays.get(verdict.id, ""))

    return page.scorecard_page(card, "asyncio-kata", part)


def _renderer(option: str) -> Callable[[Scorecard], str]:
    if option == "--json":
        from kata.reports import json_report

        return json_report.render
    if option == "--junit":
        from kata.reports import junit

        return junit.render
    if option == "--markdown":
        from kata.reports import markdown

        return markdown.render
    if option == "--gradescope":
        from kata.classroom import gradescope

        return gradescope.results
    from kata.classroom import github

    return github.classroom if option == "--classroom" else github.line_marks
