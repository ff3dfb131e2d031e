"""One exercise in full on a terminal: the cause first, then every criterion and why it came out so.

The first screen holds what one needs: what several criteria have in common is told once, above them, and of what
differs only the beginning is shown unless all is asked for.
"""

from __future__ import annotations

from dataclasses import dataclass

import msgspec
from rich.cells import cell_len
from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from kata.contract.run import Line, Run
from kata.contract.scorecard import Criterion, Diagnosis, ExerciseVerdict
from kata.reports import wording
from kata.reports.causes import common, unmet
from kata.reports.escape import shorten, visible
from kata.reports.terminal import READABLE, Marks, marks

__all__ = ["diagnosis", "show"]

PRINTED_LINES = 12
"""How many printed lines are shown of one play."""

DIAGNOSES = "docs/diagnoses.md"
"""Where each diagnosis has a section of its name."""

MESSAGE_LINES = 30
"""Lines of a message where all is shown."""

FIRST_LINES = 4
"""Lines of the message of the first criterion that has a reason of its own; those after it have one line,"""

LINES = 30
"""unless all of them in full take no more lines than this,"""

ABOVE_A_PICTURE = 20
"""or than this, where a picture stands below."""


def show(
    verdict: ExerciseVerdict,
    console: Console,
    *,
    pictured: bool = False,
    all_reasons: bool = False,
    for_all: str = "With --all",
) -> None:
    """Print one exercise in full.

    Args:
        verdict: the exercise.
        console: where to.
        pictured: whether a play is drawn below; with that picture no printed lines are listed here.
        all_reasons: show every message and diagnosis in full.
        for_all: how one gets to see all.
    """
    if not all_reasons:
        verdict = _told_once(verdict)
    lines = ABOVE_A_PICTURE if pictured else LINES
    for told in [_ALL] if all_reasons else [_WHOLE, _REASONS, _BEGINNINGS]:
        report = _Report(verdict, console, pictured, told, lines, for_all)
        if report.height() <= lines:
            break
    report.print()


def diagnosis(found: Diagnosis, console: Console) -> None:
    """Print one diagnosis with its line and the section that explains it."""
    console.print(_diagnosis(found, marks(console), console.width, linked=False))


def _told_once(verdict: ExerciseVerdict) -> ExerciseVerdict:
    """Without a diagnosis that only repeats the traceback above it."""
    criteria = [
        msgspec.structs.replace(each, diagnoses=[one for one in each.diagnoses if one.name != "error_escaped"])
        if "\n  line " in each.message
        else each
        for each in verdict.criteria
    ]
    return msgspec.structs.replace(verdict, criteria=criteria)


@dataclass(frozen=True)
class _File:
    """A path that is to be copied: a long one is not folded."""

    text: Text

    def __rich__(self) -> Text:
        return self.text


_BEGINNINGS, _REASONS, _WHOLE, _ALL = range(4)
"""How much is told of the criteria after the first that fails: their beginnings, each in a line; the reasons in full;
the texts of the criteria in full as well; all, what stands above already included."""


class _Report:
    """What there is to print of a verdict.

    Args:
        verdict: the exercise.
        console: where to.
        pictured: whether a picture stands below.
        told: how much.
        lines: how many there should be at most, where not all is told.
        for_all: how one gets to see all.
    """

    def __init__(
        self, verdict: ExerciseVerdict, console: Console, pictured: bool, told: int, lines: int, for_all: str
    ) -> None:
        self.verdict = verdict
        self.console = console
        self.pictured = pictured
        self.all = told == _ALL
        self.full = told >= _REASONS
        self.whole = told >= _WHOLE
        self.lines = lines
        self.for_all = for_all
        self.signs = marks(console)
        self.width = min(console.width, READABLE)
        self.common = common(verdict)
        self.unmet = unmet(verdict)
        self.linked: set[str] = set()
        """Names of diagnoses whose section was named."""
        self.told: list[Diagnosis] = []
        self.left_out = False
        self.marks_concerned = False
        """Whether a sign says which criteria the cause above is the reason of."""
        self.parts: list[RenderableType] = []
        self._build()

    def height(self, *more: RenderableType) -> int:
        """The lines that it takes, with these parts more."""
        options = self.console.options.update(width=self.width)
        return sum(len(self.console.render_lines(part, options, pad=False)) for part in [*self.parts, *more])

    def print(self) -> None:
        """Print it; what is to be copied is not folded."""
        for part in self.parts:
            if isinstance(part, _File):
                self.console.print(part.text, soft_wrap=True)
            else:
                self.console.print(part, width=self.width)

    def _build(self) -> None:
        self._heading()
        self._cause()
        if self._does_not_load():
            return
        self._add("")
        printed: list[Line] = []
        first = True
        for criterion in self.verdict.criteria:
            leads = first and criterion in self.unmet and not criterion.holds and bool(self._reason(criterion))
            whole = leads or self.all or (self.whole and not criterion.passed)
            self._add(self._row(criterion, short=not whole))
            if criterion.holds:
                self._held_back_by(criterion)
            if criterion not in self.unmet or criterion.holds:
                continue
            first = first and not leads
            self._reasons(criterion, leads)
            run = _talkative(criterion)
            if self.pictured or run is None or run.lines == printed or self.common.concerns(criterion):
                continue
            if self.all or not printed:  # one play's lines are enough to see what it prints
                printed = run.lines
                self._add(_indented(_printed(run)))
        self._footnotes()
        if self.verdict.status == "passed" and not self.pictured:
            run = next(filter(None, map(_talkative, self.verdict.criteria)), None)
            if run is not None:
                self._add("", _printed(run))

    def _add(self, *parts: RenderableType) -> None:
        self.parts += parts

    def _heading(self) -> None:
        verdict = self.verdict
        score = wording.score(verdict.points, verdict.max_points)
        name = (_line(wording.name(verdict)), "bold")
        self._add(Text.assemble(self.signs.of(verdict.status), " ", name, f"  {score}"))
        self._add(_File(Text(_line(wording.file(verdict)), "cyan")))
        if verdict.status == "not_started":
            self._add(Text("Not started: the file is as it came."))

    def _cause(self) -> None:
        """What keeps several criteria from being met, or the whole exercise from being judged."""
        cause = self.common
        parts: list[RenderableType] = []
        if cause.message:
            message = Text(_block(cause.message, MESSAGE_LINES if self.all else FIRST_LINES + 4))
            parts.append(_pointed(message, self.signs))
        for found in (cause.diagnosis, *cause.more):
            if found is not None:
                parts.append(self._told(found))
        indent = len(self.signs.arrow) + 1
        for found in cause.elsewhere(self.unmet):
            parts.append(Padding(_place(found, self.width - indent), (0, 0, 0, indent)))
        if not parts:
            return
        self._add("")
        for part in parts:
            self._add(part)
        kept_back = [each for each in self.verdict.criteria if self.common.concerns(each) and not each.holds]
        if kept_back and self.verdict.status != "error":
            self.marks_concerned = len(kept_back) < len(self.verdict.criteria)
            which = f"the criteria marked {self.signs.above}" if self.marks_concerned else "all criteria"
            self._add(Text(f"This keeps {which} from being met.", "dim"))

    def _does_not_load(self) -> bool:
        """True when what stands above is all there is to say: nothing of the file was played."""
        unfit = next((run.unfit for each in self.unmet for run in each.runs[:1] if run.unfit), None)
        return self.verdict.status == "error" and unfit is not None and unfit.kind != "not_async"

    def _row(self, criterion: Criterion, *, short: bool) -> RenderableType:
        row = Table.grid(padding=(0, 1))
        row.width = self.width
        row.add_column(no_wrap=True, min_width=1 + len(self.signs.above) if self.marks_concerned else None)
        row.add_column(ratio=1, no_wrap=short, overflow="ellipsis" if short else "fold")
        row.add_column(justify="right", no_wrap=True)
        got, of = wording.amount(criterion.points), wording.amount(criterion.max_points)
        full = criterion.passed and criterion.points == criterion.max_points
        score = of if full else f"{got} of {of}"
        row.add_row(self._mark(criterion), Text(_line(criterion.text or criterion.test)), Text(f" {score}", "dim"))
        return row

    def _mark(self, criterion: Criterion) -> Text:
        if criterion.holds:
            return Text(self.signs.as_it_came if criterion.passed else self.signs.holds, "yellow")
        if self.verdict.status == "not_started":
            return self.signs.of("not_started")
        mark = self.signs.of("passed" if criterion.passed else "failed")
        if self.marks_concerned and self.common.concerns(criterion):
            mark.append(self.signs.above, "yellow")
        return mark

    def _reason(self, criterion: Criterion) -> str:
        """What is left to tell of what was seen."""
        return self.common.message_of(criterion)

    def _reasons(self, criterion: Criterion, leads: bool) -> None:
        """Print what is not told yet of why a criterion is not met.

        The message of the one that ``leads`` is shown in full; so are the others where there is room, and else in one
        line; of those whose cause stands above there is none. Where there is room, their diagnoses are shown, too.
        """
        message, shared = self._reason(criterion), self.common.concerns(criterion)
        whole = _indented(Text(_block(message, MESSAGE_LINES if self.all else FIRST_LINES)))
        if message and shared and not (leads or self.all):
            self.left_out = True
        elif message and (leads or self.full or self.height(whole) <= self.lines):
            self._add(whole)
        elif message:
            line = Text(_line(message.strip().splitlines()[0]), no_wrap=True, end="")
            line.truncate(self.width - 3, overflow="ellipsis")
            self.left_out = True
            self._add(_indented(line))
        for found in criterion.diagnoses:
            if self.common.tells(found):
                continue
            if found in self.told:
                self._add(_indented(self._again(found)))
            elif self.all or not (shared or (self.told and not self.full)):
                self._add(_indented(self._told(found)))
            else:
                self.left_out = True

    def _held_back_by(self, criterion: Criterion) -> None:
        """Print what keeps a criterion that holds from counting, unless it is told already."""
        if criterion.passed:
            return
        for found in criterion.diagnoses[:1]:
            if not self.common.tells(found) and found not in self.told:
                self._add(_indented(self._told(found)))
        if not criterion.diagnoses and self._reason(criterion):
            self._add(_indented(Text(_block(criterion.message, FIRST_LINES))))

    def _told(self, found: Diagnosis) -> RenderableType:
        part = _diagnosis(found, self.signs, self.width - 3, linked=found.name in self.linked)
        self.linked.add(found.name)
        self.told.append(found)
        return part

    def _again(self, found: Diagnosis) -> Text:
        return Text.assemble((self.signs.arrow, "yellow"), (f" {_line(found.name)}", "bold"), ", as above")

    def _footnotes(self) -> None:
        notes = []
        held = [criterion for criterion in self.verdict.criteria if criterion.holds]
        names = dict.fromkeys(found.name for each in held if not each.passed for found in each.diagnoses[:1])
        if any(not each.passed for each in held):
            which = " and ".join(f'"{_line(name)}"' for name in names) or "the reason below it"
            notes.append(f"{self.signs.holds} This holds; it counts once {which} is mended.")
        if any(each.passed for each in held):
            as_it_came = "An untouched file meets this, too: it counts once another criterion is met."
            notes.append(f"{self.signs.as_it_came} {as_it_came}")
        if self.left_out:
            notes.append(f"{self.for_all}, every reason is shown in full.")
        for number, note in enumerate(notes):
            self._add(*([""] if not number else []), Text(note, "dim"))


def _diagnosis(found: Diagnosis, signs: Marks, width: int, *, linked: bool) -> RenderableType:
    """A diagnosis with its line and the section that explains it, unless that is ``linked`` already.

    A line of code that does not fit behind its place stands below it.
    """
    text = Text.assemble((f"{_line(found.name)}:", "bold"), f" {_block(found.text, MESSAGE_LINES)}")
    if not linked:
        text.append(f" ({DIAGNOSES}#{_line(found.name)})", "dim")
    return _pointed(text, signs, *([_place(found, width)] if found.file and found.line else []))


def _pointed(text: Text, signs: Marks, *below: RenderableType) -> RenderableType:
    """A text behind an arrow, with what belongs to it below."""
    table = Table.grid(padding=(0, 1))
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    table.add_row(Text(signs.arrow, "yellow"), text)
    for part in below:
        table.add_row("", part)
    return table


def _place(found: Diagnosis, width: int) -> RenderableType:
    """Where it is: the line of code behind the name of its file, or below where there is no room, and where in it."""
    place, source = Text(f"{_line(found.file)}:{found.line}", "cyan"), _line(found.source)
    if not source:
        return place
    below = place.cell_len + 2 + cell_len(source) > width
    before = Text("  ") if below else Text.assemble(place, "  ")
    rows = [place] if below else []
    rows.append(Text.assemble(before, source, no_wrap=True, overflow="ellipsis"))
    if 0 < found.column <= len(found.source) + 1:
        rows.append(Text(" " * (before.cell_len + found.column - 1) + "^", "yellow", no_wrap=True))
    return Group(*rows)


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


def _indented(part: RenderableType) -> RenderableType:
    return Padding(part, (0, 0, 0, 3))


def _line(text: str) -> str:
    return visible(text, newlines=False)


def _block(text: str, lines: int) -> str:
    return shorten(visible(text.rstrip()), lines=lines, characters=6000)
