"""`grade`: judge what changed, show the score, write reports."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Annotated

import typer

from kata.cli import output_files, terminal
from kata.cli.arguments import Clock, ClockOption, Jobs, Names, NoCache, Seed, Submission
from kata.cli.errors import FAILED, NOT_PASSED, USAGE, Stop
from kata.cli.judging_with_bar import judge
from kata.cli.project import Project

if TYPE_CHECKING:
    from kata.contract.scorecard import Scorecard


def register(app: typer.Typer) -> None:
    """Add the command of this module."""
    app.command("grade")(grade)


def grade(
    names: Names = None,
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
    secret: Annotated[
        bool,
        typer.Option("--secret", help="Draw inputs from a seed that nobody knew before; it is shown with the score."),
    ] = False,
) -> None:
    """Judge what changed and show the score; also without a command."""
    if secret and seed:
        raise Stop("--secret makes a seed of its own; leave --seed out, or name the seed of an earlier grading.", USAGE)
    options = {"--json": json, "--junit": junit, "--markdown": markdown}
    targets = {option: target for option, target in options.items() if target}
    output_files.check(targets)
    project = Project.here(submission)
    exercises = project.find_all(names or [])
    if not exercises:
        raise Stop("The catalog has no exercises; restore exercises/catalog.toml with git.", FAILED)
    if secret:
        seed = 1 + secrets.randbelow(2**48)  # a whole number in every reader of JSON
    card = judge(project, exercises, no_cache=no_cache, clock=clock, jobs=jobs, seed=seed)
    for option, target in targets.items():
        output_files.write(target, _render(option, card))
    if output_files.STDOUT not in targets.values():
        from kata.reports import terminal as report

        report.overview(card, terminal.console())
    if card.percent < fail_under - 1e-9:
        terminal.error(f"The score of {card.percent:.1f} % is below the {fail_under:g} % that were asked for.")
        raise typer.Exit(NOT_PASSED)


def _render(option: str, card: Scorecard) -> str:
    if option == "--json":
        from kata.reports import json_report

        return json_report.render(card)
    if option == "--junit":
        from kata.reports import junit

        return junit.render(card)
    from kata.reports import markdown

    return markdown.render(card)
