"""`list`, `show` and `hint`: what there is to do, without judging anything."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Annotated

import typer

from kata.cli import terminal
from kata.cli.errors import FAILED, Stop
from kata.cli.progress import State, state
from kata.cli.project import Project
from kata.program import COMMAND
from kata.project.workspace import ArchiveError
from kata.reports import folding, wording

if TYPE_CHECKING:
    from rich.console import RenderableType

    from kata.judge.rubric import RubricItem
    from kata.project.catalog import Exercise

Name = Annotated[str, typer.Argument(metavar="NAME", help="05.02, wait_to_gather, a path, or a part.")]

KINDS = {
    "fix": "repair a program",
    "predict": "say what a program does",
    "convert": "rewrite a program with another tool",
    "build": "write a program",
    "test": "write tests",
}
DIFFICULTY = {1: "easy", 2: "medium", 3: "hard"}


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command("list")(list_exercises)
    app.command("show")(show)
    app.command("hint")(hint)


def list_exercises(
    todo: Annotated[bool, typer.Option("--todo", help="Leave out what is done.")] = False,
) -> None:
    """List the exercises with their state and points."""
    from rich.text import Text

    project = Project.here()
    console = terminal.console()
    done = total = 0
    for chapter in project.catalog.chapters:
        states = {exercise: state(project, exercise) for exercise in chapter.exercises}
        done += sum(each.status == "passed" for each in states.values())
        total += len(states)
        shown = {each: known for each, known in states.items() if not (todo and known.status == "passed")}
        if shown:
            console.print(Text(f"{chapter.number} {chapter.title}", "bold"))
            console.print(_rows(shown))
            console.print()
    console.print(Text(f"{done} of {wording.count(total, 'exercise')} done."))


def _rows(states: dict[Exercise, State]) -> RenderableType:
    from rich.table import Table
    from rich.text import Text

    from kata.reports import terminal as report

    console = terminal.console()
    signs = report.marks(console)
    table = Table.grid(padding=(0, 2, 0, 0))
    table.width = terminal.width()
    table.add_column(no_wrap=True)
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold", ratio=1)
    table.add_column(no_wrap=True)
    table.add_column(no_wrap=True, justify="right")
    for exercise, known in states.items():
        of = wording.amount(exercise.points)
        got = of if known.points is None else f"{wording.amount(known.points)} of {of}"
        # On a narrow screen the mark alone tells the state.
        status = wording.STATUS[known.status] if console.width >= report.WIDE else ""
        table.add_row(
            Text("  ") + signs.of(known.status),
            Text(exercise.number),
            Text(exercise.title),
            Text(status, "" if known.status == "failed" else "dim"),
            Text(got),
        )
    return table


def show(name: Name) -> None:
    """Show a task, its criteria with their points, and the file."""
    from rich.padding import Padding
    from rich.table import Table
    from rich.text import Text

    project = Project.here()
    exercise = project.find(name)
    task, rubric = _task(project, exercise), _rubric(project, exercise)
    console = terminal.console()
    console.print(Text.assemble((f"{exercise.number} {exercise.title}", "bold")))
    console.print(Text(_facts(exercise), "dim"))
    console.print()
    terminal.say(folding.fold(task, terminal.width()))
    console.print()
    console.print(Text("Criteria:", "bold"))
    table = Table.grid(padding=(0, 2, 0, 0))
    table.width = terminal.width() - 2
    table.add_column(overflow="fold", ratio=1)
    table.add_column(no_wrap=True, justify="right")
    for item in rubric:
        table.add_row(Text(item.text), Text(wording.points(item.points), "dim"))
    console.print(Padding(table, (0, 0, 0, 2)))
    if exercise.requires:
        console.print()
        console.print(Text("Builds on:", "bold"))
        for required in exercise.requires:
            earlier = project.catalog.find(required)
            status = wording.STATUS[state(project, earlier).status]
            console.print(Text(f"  {earlier.number} {earlier.title} ({status})"))
    console.print()
    terminal.say(f"open   {project.path(exercise)}")
    terminal.say(f"judge  {COMMAND} run {exercise.number}")


def hint(
    name: Name,
    level: Annotated[int, typer.Option("--level", min=1, max=3, help="1 a nudge, 3 nearly the answer.")] = 1,
) -> None:
    """Give a hint; --level 2 and 3 say more."""
    project = Project.here()
    exercise = project.find(name)
    terminal.say(f"{exercise.number} {exercise.title}, hint {level} of {len(exercise.hints)}")
    terminal.say(folding.fold(f"  {exercise.hints[level - 1].strip()}", terminal.width()))
    if level < len(exercise.hints):
        terminal.say(f"The next one: {COMMAND} hint {exercise.number} --level {level + 1}")


def _rubric(project: Project, exercise: Exercise) -> tuple[RubricItem, ...]:
    from kata.judge.rubric import RubricError, read_rubric

    try:
        return read_rubric(exercise.hidden(project.root), exercise.points)
    except RubricError as error:
        raise Stop(str(error), FAILED) from error


def _facts(exercise: Exercise) -> str:
    facts = [
        KINDS.get(exercise.kind, exercise.kind),
        wording.points(exercise.points),
        DIFFICULTY.get(exercise.difficulty, f"difficulty {exercise.difficulty}"),
        f"about {exercise.minutes} minutes",
    ]
    if exercise.python:
        facts.append(f"Python {exercise.python} or newer")
    return ", ".join(facts)


def _task(project: Project, exercise: Exercise) -> str:
    """The docstring of the exercise as it came, whatever the learner made of the file since."""
    try:
        text = ast.get_docstring(ast.parse(project.workspace.pristine(exercise)))
    except ArchiveError as error:
        raise Stop(str(error), FAILED) from error
    except (SyntaxError, ValueError):
        text = None
    if not text:
        return f"Read {project.path(exercise)}."
    first, _, rest = text.partition("\n\n")
    return rest if first.strip().rstrip(".").lower() == exercise.title.rstrip(".").lower() else text
