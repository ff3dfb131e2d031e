"""The scorecard on a terminal: the score by chapter, and what comes next. `exercise` shows one exercise in full.

Everything foreign is put into `rich.text.Text`, never into markup, and is shown with its control characters
as visible escapes. Marks differ in shape, so nothing is lost without colour; where the terminal's encoding
has no such marks, ASCII stands in.
"""

from __future__ import annotations

from dataclasses import dataclass

from rich.console import Console, RenderableType
from rich.table import Table
from rich.text import Text

from kata.contract.scorecard import ExerciseVerdict, Scorecard, Status
from kata.program import COMMAND
from kata.reports import wording
from kata.reports.escape import visible

STARTED_SHOWN = 5
WIDE = 60
"""From this many columns on, there is room for bars."""

READABLE = 100
"""No row is stretched beyond this many columns: its two ends would lose each other."""


@dataclass(frozen=True)
class Marks:
    """The signs that a terminal can show."""

    passed: str = "✓"
    failed: str = "✗"
    waiting: str = "·"
    stopped: str = "!"
    holds: str = "○"
    """What a criterion says is so, and does not count yet,"""
    as_it_came: str = "□"
    """or it counts only beside others, as an untouched file meets it, too."""
    above: str = "↑"
    """The reason of a criterion stands above."""
    arrow: str = "→"
    full: str = "█"
    empty: str = "░"

    def of(self, status: Status) -> Text:
        """The mark of an exercise's state, in its colour."""
        mark, style = {
            "passed": (self.passed, "green"),
            "failed": (self.failed, "red"),
            "not_started": (self.waiting, "dim"),
            "error": (self.stopped, "yellow"),
            "limit": (self.stopped, "yellow"),
        }[status]
        return Text(mark, style)


UNICODE = Marks()
ASCII = Marks(
    passed="ok", failed="no", waiting=".", holds="(ok)", as_it_came="(as)", above="^", arrow="->", full="#", empty="."
)


def marks(console: Console) -> Marks:
    """The marks that the console's encoding can show."""
    signs = "".join(vars(UNICODE).values())
    try:
        signs.encode(console.encoding)
    except (LookupError, UnicodeError):
        return ASCII
    return UNICODE


def overview(card: Scorecard, console: Console) -> None:
    """Print the score by chapter, what is in progress, and the exercise to open next."""
    if _is_untouched(card):
        console.print(Text(_untouched(card)))
    else:
        signs = marks(console)
        console.print(_table(card, signs, wide=console.width >= WIDE))
        console.print()
        console.print(_total(card))
        _print_started(card, console, signs)
    following = wording.first_open(card)
    if following is not None:
        console.print()
        name, file = wording.name(following), wording.file(following)
        next_step(wording.number(following.id), name, file, console, first=_is_untouched(card))
    _print_footer(card, console)


def next_step(number: str, name: str, file: str, console: Console, *, first: bool = False) -> None:
    """Print which exercise to open next and the commands to type.

    Args:
        number: such as ``05.02``.
        name: number and title.
        file: what the learner edits.
        console: where to.
        first: True for one who has not begun yet.
    """
    heading = "Begin with" if first else "Next:"
    console.print(Text.assemble(f"{heading} ", (_line(name), "bold")))
    steps = {
        "open": _line(file),
        "read": f"{COMMAND} show {number}",
        "judge": f"{COMMAND} run {number}",
    }
    for step, value in steps.items():
        # Never folded by us: what is copied from the screen must work.
        console.print(Text.assemble(f"  {step:<7}", (value, "cyan")), soft_wrap=True)


def _untouched(card: Scorecard) -> str:
    score = f"{wording.amount(card.points)} of {wording.points(card.max_points)}"
    return f"{score}, {wording.count(len(card.exercises), 'exercise')} not started."


def _is_untouched(card: Scorecard) -> bool:
    return all(verdict.status == "not_started" for verdict in card.exercises)


def _table(card: Scorecard, signs: Marks, *, wide: bool) -> Table:
    chapters = wording.by_chapter(card)
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim")
    by_exercise = len(chapters) == 1
    table.add_column("Exercise" if by_exercise else "Chapter", overflow="fold")
    table.add_column("Points", justify="right", no_wrap=True)
    if wide:
        table.add_column("", no_wrap=True)
    table.add_column("" if by_exercise else "Done", justify="left" if by_exercise else "right", no_wrap=True)
    if by_exercise:
        for verdict in card.exercises:
            _add_row(table, wording.name(verdict), [verdict], signs, wide, signs.of(verdict.status))
    else:
        for title, verdicts in chapters.items():
            done = sum(verdict.status == "passed" for verdict in verdicts)
            _add_row(table, title, verdicts, signs, wide, Text(f"{done} of {len(verdicts)}"))
    return table


def _add_row(table: Table, title: str, verdicts: list[ExerciseVerdict], signs: Marks, wide: bool, last: Text) -> None:
    got = sum(verdict.points for verdict in verdicts)
    of = sum(verdict.max_points for verdict in verdicts)
    cells: list[RenderableType] = [Text(_line(title)), f"{wording.amount(got)} of {wording.amount(of)}"]
    if wide:
        cells.append(_bar(got, of, signs))
    table.add_row(*cells, last)


def _bar(got: float, of: float, signs: Marks, width: int = 20) -> Text:
    share = min(max(got / of, 0.0), 1.0) if of > 0 else 0.0
    # Rounded down, but never empty once there is a point: a full bar means every point.
    cells = max(int(share * width + 1e-9), 1 if share > 0 else 0)
    return Text.assemble((signs.full * cells, "green"), (signs.empty * (width - cells), "dim"))


def _total(card: Scorecard) -> Text:
    done = sum(verdict.status == "passed" for verdict in card.exercises)
    return Text.assemble(
        (wording.score(card.points, card.max_points), "bold"),
        f" ({wording.percent(card)}), {done} of {wording.count(len(card.exercises), 'exercise')} done.",
    )


def _print_started(card: Scorecard, console: Console, signs: Marks) -> None:
    started = [verdict for verdict in card.exercises if verdict.status not in ("passed", "not_started")]
    if not started or len(wording.by_chapter(card)) == 1:
        return
    console.print()
    console.print(Text("Started:"))
    table = _grid()
    for verdict in started[:STARTED_SHOWN]:
        name = Text(_line(wording.name(verdict)))
        score = f"{wording.amount(verdict.points)} of {wording.amount(verdict.max_points)}"
        note = Text(f"{score}, {wording.STATUS[verdict.status]}", "dim")
        table.add_row(Text("  ") + signs.of(verdict.status), name, note)
    console.print(table)
    if len(started) > STARTED_SHOWN:
        console.print(Text(f"  and {len(started) - STARTED_SHOWN} more: {COMMAND} list --todo", "dim"))


def _print_footer(card: Scorecard, console: Console) -> None:
    """What was judged, and under what conditions; nothing before there was anything to judge."""
    judged = sum(not verdict.cached for verdict in card.exercises if verdict.status != "not_started")
    unchanged = sum(verdict.cached for verdict in card.exercises if verdict.status != "not_started")
    lines = []
    if judged:
        kept = f", {unchanged} unchanged since the last time" if unchanged else ""
        lines.append(f"Judged {wording.count(judged, 'exercise')} in {card.seconds:.1f} s{kept}.")
        lines.append(_line(wording.conditions(card)))
    elif unchanged:
        lines.append("Nothing has changed since the last time.")
    if lines:
        console.print()
    for line in lines:
        console.print(Text(line, "dim"))


def _grid() -> Table:
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    return table


def _line(text: str) -> str:
    return visible(text, newlines=False)
