"""The scorecard on a terminal: the score by chapter, or one exercise in full.

Everything foreign is put into `rich.text.Text`, never into markup, and is shown with its control characters
as visible escapes. Marks differ in shape, so nothing is lost without colour; where the terminal's encoding
has no such marks, ASCII stands in.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from kata.contract.run import Line, Run
from kata.contract.scorecard import Criterion, Diagnosis, ExerciseVerdict, Scorecard, Status
from kata.program import COMMAND
from kata.reports import wording
from kata.reports.escape import shorten, visible

PRINTED_LINES = 12
"""How many printed lines are shown of one play."""

DIAGNOSES = "docs/diagnoses.md"
"""Where each diagnosis has a section of its name."""

MESSAGE_LINES = 30
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
ASCII = Marks(passed="ok", failed="no", waiting=".", arrow="->", full="#", empty=".")


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


def exercise(
    verdict: ExerciseVerdict, console: Console, *, drawn: Criterion | None = None, all_reasons: bool = False
) -> None:
    """Print one exercise in full: every criterion, why it came out so, and what the code printed.

    Args:
        verdict: the exercise.
        console: where to.
        drawn: the criterion whose play is drawn below; with that picture no printed lines are listed here.
        all_reasons: True to give every criterion's reasons.
    """
    signs = marks(console)
    score = wording.score(verdict.points, verdict.max_points)
    console.print(Text.assemble(signs.of(verdict.status), " ", (_line(wording.name(verdict)), "bold"), f"  {score}"))
    console.print(Text(_line(wording.file(verdict)), "cyan"), soft_wrap=True)
    said = _root_causes(verdict)
    if verdict.message and verdict.message not in {cause.text for cause in said}:
        console.print(_indented(Text(_block(verdict.message), "yellow")))
    for cause in said:
        console.print(_indented(_diagnosis(cause, signs)))
    if verdict.status == "not_started":
        console.print(Text("Not started: the file is as it came."))
    console.print()
    shown: list[Line] = []
    for criterion in verdict.criteria:
        console.print(_criterion(criterion, signs, verdict.status, min(console.width, READABLE)))
        if criterion.passed and not criterion.points and criterion.max_points:
            console.print(_indented(Text("Counts as soon as another one is met, too.", "dim")))
        if criterion.passed or verdict.status == "not_started" or _is_stopped(criterion, verdict):
            continue
        for part in _reasons(criterion, signs, said):
            console.print(_indented(part))
        run = _talkative(criterion)
        if drawn is None and run is not None and run.lines != shown:
            shown = run.lines
            console.print(_indented(_printed(run)))
    if verdict.status == "passed" and drawn is None:
        run = next(filter(None, map(_talkative, verdict.criteria)), None)
        if run is not None:
            console.print()
            console.print(_printed(run))


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


def _criterion(criterion: Criterion, signs: Marks, exercise: Status, width: int) -> RenderableType:
    row = Table.grid(padding=(0, 1))
    row.width = width
    row.add_column(no_wrap=True)
    row.add_column(ratio=1, overflow="fold")
    row.add_column(justify="right", no_wrap=True)
    status: Status = "passed" if criterion.passed else "failed"
    if exercise == "not_started":
        status = exercise
    got, of = wording.amount(criterion.points), wording.amount(criterion.max_points)
    score = of if criterion.passed and criterion.points == criterion.max_points else f"{got} of {of}"
    row.add_row(signs.of(status), Text(_line(criterion.text or criterion.test)), Text(f" {score}", "dim"))
    return row


def _is_stopped(criterion: Criterion, verdict: ExerciseVerdict) -> bool:
    """True when what stopped the whole exercise is all there is to say about a criterion."""
    if verdict.status == "error" or (verdict.message and criterion.message == verdict.message):
        return True
    return verdict.status == "limit" and any(run.limit is not None for run in criterion.runs[:1])


def _root_causes(verdict: ExerciseVerdict) -> list[Diagnosis]:
    """The diagnoses of the criterion whose message stands for the whole exercise."""
    for criterion in verdict.criteria if verdict.status in ("error", "limit") else []:
        if criterion.diagnoses and criterion.message == verdict.message:
            return list(criterion.diagnoses)
    return []


def _reasons(criterion: Criterion, signs: Marks, said: list[Diagnosis]) -> Iterator[RenderableType]:
    """The message and the diagnoses of a criterion; ``said`` are those that stand above already."""
    texts = {diagnosis.text for diagnosis in criterion.diagnoses}
    if criterion.message and criterion.message not in texts:
        yield Text(_block(criterion.message))
    for diagnosis in criterion.diagnoses:
        if diagnosis in said:
            yield Text.assemble((signs.arrow, "yellow"), (f" {_line(diagnosis.name)}", "bold"), ", as above")
        else:
            linked = any(other.name == diagnosis.name for other in said)
            said.append(diagnosis)
            yield _diagnosis(diagnosis, signs, linked=linked)


def _diagnosis(diagnosis: Diagnosis, signs: Marks, *, linked: bool = False) -> RenderableType:
    """A diagnosis with its place and the section that explains it, unless that is ``linked`` already."""
    table = Table.grid(padding=(0, 1))
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    place = f"({_line(diagnosis.file)}:{diagnosis.line})" if diagnosis.file and diagnosis.line else ""
    text = Text.assemble((f"{_line(diagnosis.name)}:", "bold"), f" {_block(diagnosis.text)}")
    text.append(f" {place}" if place else "", "dim")
    if not linked:
        text.append(f"\n{DIAGNOSES}#{_line(diagnosis.name)}", "dim")
    table.add_row(Text(signs.arrow, "yellow"), text)
    return table


def diagnosis(found: Diagnosis, console: Console) -> None:
    """Print one diagnosis with its place and the section that explains it."""
    console.print(_diagnosis(found, marks(console)))


def _talkative(criterion: Criterion) -> Run | None:
    """The first play of a criterion that printed anything; the one after which the test gave up comes first."""
    return next((run for run in criterion.runs if run.lines), None)


def _printed(run: Run) -> RenderableType:
    """What a play printed, each line with its virtual second; the tail of a long output is only counted."""
    table = Table.grid(padding=(0, 1))
    table.add_column(justify="right", no_wrap=True)
    table.add_column(overflow="fold")
    total = len(run.lines) + run.lines_dropped
    head = run.lines if total <= PRINTED_LINES else run.lines[: PRINTED_LINES - 1]
    for line in head:
        stream = Text("stderr: ", "dim") if line.stream == "stderr" else Text()
        text = Text(shorten(_line(line.text), lines=1, characters=300))
        table.add_row(Text(f"[{wording.moment(line.at)}]", "dim"), stream + text)
    parts: list[RenderableType] = [Text("printed:", "dim"), table]
    if total > len(head):
        parts.append(Text(f"({wording.count(total - len(head), 'more line')})", "dim"))
    return Group(*parts)


def _grid() -> Table:
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    return table


def _indented(part: RenderableType) -> RenderableType:
    return Padding(part, (0, 0, 0, 3))


def _line(text: str) -> str:
    return visible(text, newlines=False)


def _block(text: str) -> str:
    return shorten(visible(text.rstrip()), lines=MESSAGE_LINES, characters=6000)
