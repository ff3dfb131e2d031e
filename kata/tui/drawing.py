"""What the reports print for a terminal, as text for the screen, with file names as links."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from pathlib import Path

from rich.console import Console
from rich.style import Style
from rich.syntax import Syntax
from rich.text import Text

from kata.judge.rubric import RubricError, read_rubric
from kata.project.catalog import Exercise
from kata.reports import criteria, folding, plays
from kata.reports import exercise as report
from kata.reports.escape import visible
from kata.reports.terminal import READABLE, UNICODE
from kata.tui.given import Given, Part
from kata.tui.judging import Judged

__all__ = ["AS_IT_CAME", "draw", "hint", "linked", "links", "mark", "progress", "solution", "task", "verdict"]

AS_IT_CAME = "The file is as it came and has earned nothing yet. Judged as it is, it fails like this:"


def draw(part: Part, width: int, links: Mapping[str, str]) -> Text:
    """What a part prints, in so many columns.

    Args:
        part: prints itself on a console.
        width: columns.
        links: addresses of file names; a line number after a name belongs to it.
    """
    console = Console(
        file=io.StringIO(),
        width=max(width, 20),
        height=100,
        force_terminal=True,
        color_system="standard",
        legacy_windows=False,
        no_color=False,
        highlight=False,
        markup=False,
        emoji=False,
    )
    with console.capture() as captured:
        part(console)
    text = Text.from_ansi(captured.get().strip("\n"))
    return linked(text, links)


def linked(text: Text, links: Mapping[str, str]) -> Text:
    """The same text, with its file names as links."""
    for name, address in links.items():
        text.highlight_regex(rf"(?<![\w/.]){re.escape(name)}(:\d+)?(?!\w)", Style(link=address))
    return text


def links(given: Given, exercise: Exercise) -> dict[str, str]:
    """The file names that are shown with an exercise, and where they lead."""
    root = given.project.root
    path = given.project.workspace.path(exercise)
    places: dict[str, Path] = {
        given.project.path(exercise): path,
        f"exercises/{exercise.id}.py": path,
        path.name: path,
        "docs/diagnoses.md": root / "docs" / "diagnoses.md",
    }
    return {name: Path(place).absolute().as_uri() for name, place in places.items()}


def verdict(judged: Judged, *, drawn: bool, all_reasons: bool = False, for_all: str = "With a") -> Part:
    """The report on a judged exercise, in the words of `run`.

    Args:
        judged: the verdict.
        drawn: whether a play is drawn below it.
        all_reasons: whether every reason is shown in full.
        for_all: how one gets to see all.
    """
    pictured = drawn and plays.recorded(judged.verdict) is not None

    def show(console: Console) -> None:
        if judged.untouched:
            console.print(Text(f"{AS_IT_CAME}\n"), width=min(console.width, READABLE))
        report.show(judged.verdict, console, pictured=pictured, all_reasons=all_reasons, for_all=for_all)

    return show


def task(given: Given, exercise: Exercise) -> Part:
    """What to do, and what is looked at."""

    def show(console: Console) -> None:
        width = min(console.width, READABLE)
        console.print(Text(exercise.titled, "bold"), width=width)
        console.print(Text(given.facts(exercise), "dim"), width=width)
        console.print(Text(given.project.path(exercise), "cyan"), soft_wrap=True)
        console.print()
        console.print(Text(folding.fold(given.task(exercise), width)), soft_wrap=True)
        console.print()
        console.print(Text("Criteria:", "bold"))
        try:
            items = read_rubric(exercise.hidden(given.project.root), exercise.points)
        except RubricError as error:
            console.print(Text(str(error), "yellow"), width=width)
            return
        console.print(criteria.table(((item.text, item.points) for item in items), width))

    return show


def progress(given: Given, exercise: Exercise, decided: Mapping[str, bool]) -> Part:
    """The criteria, those with a mark that are decided: what there is to see of a judgement that takes long.

    Args:
        given: the clone.
        exercise: what is judged.
        decided: whether it is met, by the name of the test.
    """

    def show(console: Console) -> None:
        console.print(Text(exercise.titled, "bold"))
        console.print()
        try:
            items = read_rubric(exercise.hidden(given.project.root), exercise.points)
        except RubricError:
            return
        for item in items:
            met = decided.get(item.test)
            sign = Text(" ") if met is None else mark("passed" if met else "failed")
            line = Text.assemble(sign, " ", visible(item.text, newlines=False))
            line.truncate(min(console.width, READABLE), overflow="ellipsis")
            console.print(line)

    return show


def hint(exercise: Exercise, level: int) -> Part:
    """A hint; levels count from 1."""

    def show(console: Console) -> None:
        said = f"Hint {level} of {len(exercise.hints)}"
        console.print(Text(said, "bold"))
        console.print(Text(exercise.hints[level - 1].strip()), width=min(console.width, READABLE))
        if level < len(exercise.hints):
            console.print(Text("h gives the next one, which says more.", "dim"))

    return show


def solution(given: Given, exercise: Exercise, *, dark: bool) -> Part:
    """A good answer; ``dark`` chooses its colours."""

    def show(console: Console) -> None:
        console.print(Text(f"A good answer to {exercise.titled}", "bold"))
        console.print()
        try:
            text = exercise.solution(given.project.root).read_text(encoding="utf-8")
        except (OSError, ValueError) as error:
            console.print(Text(f"It cannot be read ({error}); restore it with git.", "yellow"))
            return
        code = Syntax("", "python", theme="ansi_dark" if dark else "ansi_light").highlight(text.rstrip("\n"))
        code.style = ""  # no background of its own
        console.print(code)

    return show


def mark(status: str) -> Text:
    """The mark of an exercise's state, as `list` has it."""
    return Text("?", "yellow") if status == "unjudged" else UNICODE.of(status)  # type: ignore[arg-type]
