"""`list`, `next`, `show` and `hint`: what there is to do, without judging anything."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Annotated

import typer

from kata.cli import criteria, terminal
from kata.cli.arguments import Names, NextUnlessNamed
from kata.cli.errors import FAILED, Stop
from kata.cli.project import Project, State
from kata.program import COMMAND
from kata.project.workspace import ArchiveError
from kata.reports import folding, wording

if TYPE_CHECKING:
    from rich.console import Console, RenderableType
    from rich.text import Text

    from kata.project.catalog import Exercise

KINDS = {
    "fix": "repair a program",
    "predict": "say what a program does",
    "convert": "rewrite a program with another tool",
    "build": "write a program",
    "test": "write tests",
}
DIFFICULTY = {1: "easy", 2: "medium", 3: "hard"}
GAP = 2
"""Columns between two cells."""


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command("list")(list_exercises)
    app.command("next")(next_exercise)
    app.command("show")(show)
    app.command("hint")(hint)


def list_exercises(
    names: Names = None,
    todo: Annotated[bool, typer.Option("--todo", help="Leave out what is done.")] = False,
) -> None:
    """List the exercises with their state and points."""
    from rich.text import Text

    project = Project.here()
    console = terminal.console()
    states = {exercise: project.state(exercise) for exercise in project.find_all(names or [])}
    shown = {each: state for each, state in states.items() if not (todo and state.status == "passed")}
    rows = {each: _row(each, state, console) for each, state in shown.items()}
    widths = [max((cell.cell_len for cell in column), default=0) for column in zip(*rows.values(), strict=True)]
    for chapter in project.catalog.chapters:
        of_chapter = [rows[each] for each in chapter.exercises if each in rows]
        if of_chapter:
            console.print(Text(f"{chapter.number} {chapter.title}", "bold"))
            console.print(_table(of_chapter, widths, console))
            console.print()
    done, unjudged = (sum(state.status == status for state in states.values()) for status in ("passed", "unjudged"))
    terminal.say(f"{done} of {wording.count(len(states), 'exercise')} done.")
    if unjudged:
        terminal.say(f"{wording.count(unjudged, 'file')} not judged yet; type: {COMMAND}")


def _row(exercise: Exercise, state: State, console: Console) -> list[Text]:
    """Mark, number, title, state and points of an exercise."""
    from rich.text import Text

    from kata.reports import terminal as report

    of = wording.amount(exercise.points)
    got = of if state.points is None else f"{wording.amount(state.points)} of {of}"
    # On a narrow screen the mark alone tells the state.
    words = _in_words(state) if console.width >= report.WIDE else ""
    return [
        Text("  ") + _mark(state, console),
        Text(exercise.number),
        Text(exercise.title),
        Text(words, "" if state.status in ("failed", "unjudged") else "dim"),
        Text(got),
    ]


def _table(rows: list[list[Text]], widths: list[int], console: Console) -> RenderableType:
    """Rows of a chapter, as wide as those of all chapters together; only titles are folded for want of room."""
    from rich.table import Table

    mark, number, title, state, points = widths
    left = console.width - (mark + number + state + points) - 4 * GAP
    table = Table.grid(padding=(0, GAP, 0, 0))
    table.add_column(width=mark, no_wrap=True)
    table.add_column(width=number, no_wrap=True)
    table.add_column(width=min(title, left), overflow="fold")
    table.add_column(width=state, no_wrap=True)
    table.add_column(width=points, no_wrap=True, justify="right")
    for row in rows:
        table.add_row(*row)
    return table


def _mark(state: State, console: Console) -> Text:
    from rich.text import Text

    from kata.reports import terminal as report

    return Text("?", "yellow") if state.status == "unjudged" else report.marks(console).of(state.status)


def _in_words(state: State) -> str:
    return "not judged yet" if state.status == "unjudged" else wording.STATUS[state.status]


def next_exercise() -> None:
    """Say what comes next: its file, and how to judge it."""
    from kata.reports import terminal as report

    project = Project.here()
    exercise = project.next_exercise()
    if exercise is None:
        terminal.say(f"All {len(project.catalog.exercises)} exercises are done.")
        return
    report.next_step(exercise.number, exercise.titled, project.path(exercise), terminal.console())


def show(name: NextUnlessNamed = None) -> None:
    """Show a task, its criteria with their points, and the file."""
    from rich.text import Text

    project = Project.here()
    exercise = project.find_or_next(name)
    text, rubric = task(project, exercise), criteria.of(project, exercise)
    console = terminal.console()
    console.print(Text(exercise.titled, "bold"))
    console.print(Text(facts(exercise), "dim"))
    console.print()
    terminal.say(folding.fold(text, terminal.width()))
    console.print()
    console.print(Text("Criteria:", "bold"))
    console.print(criteria.table(rubric))
    if exercise.requires:
        console.print()
        console.print(Text("Builds on:", "bold"))
        for earlier in map(project.catalog.find, exercise.requires):
            console.print(Text(f"  {earlier.titled} ({_in_words(project.state(earlier))})"))
    console.print()
    terminal.say(f"open   {project.path(exercise)}")
    terminal.say(f"judge  {COMMAND} run {exercise.number}")


def hint(
    name: NextUnlessNamed = None,
    level: Annotated[
        int | None, typer.Option("--level", metavar="N", min=1, max=3, help="1 a nudge, 3 nearly the answer.")
    ] = None,
) -> None:
    """Give a hint; typed again, the next one, which says more.

    It begins again with the first once you passed, or after a reset.
    """
    project = Project.here()
    if name and level is None and len(name) > 1 and name[-1] in ("1", "2", "3") and not project.knows(name):
        *name, last = name
        level = int(last)
    exercise = project.find_or_next(name)
    levels = len(exercise.hints)
    given = level or project.hints.following(exercise.id, levels)
    remembered = project.hints.give(exercise.id, given)
    terminal.say(f"{exercise.titled} (hint {given} of {levels})")
    terminal.say(folding.fold(f"  {exercise.hints[given - 1].strip()}", terminal.width()))
    again = f"{COMMAND} hint {exercise.number}"
    if given == levels:
        terminal.say(f"That was the last one. The first again: {again} --level 1")
    elif remembered and project.hints.following(exercise.id, levels) == given + 1:
        terminal.say(f"The next one: {again}")
    else:
        terminal.say(f"The next one: {again} --level {given + 1}")


def facts(exercise: Exercise) -> str:
    """What to do in an exercise, its points, how hard and how long it is."""
    said = [
        KINDS.get(exercise.kind, exercise.kind),
        wording.points(exercise.points),
        DIFFICULTY.get(exercise.difficulty, f"difficulty {exercise.difficulty}"),
        f"about {exercise.minutes} minutes",
    ]
    if exercise.python:
        said.append(f"Python {exercise.python} or newer")
    return ", ".join(said)


def task(project: Project, exercise: Exercise) -> str:
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
