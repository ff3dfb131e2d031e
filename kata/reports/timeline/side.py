"""One recording, ready to be drawn on a scale: its rows, its printed lines, and what stands at their heads."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property

from rich.cells import cell_len
from rich.text import Text

from kata.contract.run import Line, Run
from kata.reports import wording
from kata.reports.escape import on_screen, shorten, visible
from kata.reports.timeline.cells import Cells, cut
from kata.reports.timeline.picture import Painter, moments, steps_at_the_end
from kata.reports.timeline.rows import Row, Rows
from kata.reports.timeline.scale import END, Part, Scale, seconds
from kata.reports.timeline.signs import MEANING, STYLE, Signs

__all__ = ["HEAD", "Side", "legend"]

HEAD = 16
"""Columns that the second and the task of a printed line take at most."""

DEEPEST = 5
"""Levels of nesting that are shown by indenting."""

NARROW = 60


class Side:
    """What is drawn of a recording.

    Args:
        run: the recording.
        rows: its rows.
        lines: those of its printed lines that are shown.
        start: the second at which the picture begins.
    """

    def __init__(self, run: Run, rows: Rows, lines: Sequence[Line], start: float = 0.0) -> None:
        self.start = start
        self.run = run
        self.rows = rows
        self.lines = lines
        self.loose = [block for block in run.blocks if block.task is None]
        self.stuck = {stuck.name: stuck.what for stuck in run.leaked}
        if run.deadlock:
            self.stuck |= {stuck.name: stuck.what for stuck in run.deadlock.tasks}

    def __bool__(self) -> bool:
        return bool(self.rows.shown or self.lines or self.loose)

    @cached_property
    def end(self) -> float:
        """The second at which the picture ends."""
        ends = [self.run.elapsed, *(line.at for line in self.lines)]
        for task in self.run.tasks:
            ends += [span.end for span in task.spans[-1:]]
        ends += [timer.ended for timer in self.run.timers if timer.ended is not None]
        ends += [block.start + block.seconds for block in self.loose]
        return max((end for end in ends if math.isfinite(end)), default=0.0)

    def moments(self, rows: Sequence[Row]) -> Iterable[tuple[float, int]]:
        """Every (second, step) that is asked for when these rows are drawn."""
        yield self.start, 0
        yield self.end, 0
        for row in rows:
            if not row.timers:
                yield from moments(row.task)
                if steps_at_the_end(row.task, self.end):
                    yield self.end, END
            for timer in row.timers:
                yield timer.set, 0
                if timer.ended is not None:
                    yield timer.ended, 0
        for line in self.lines:
            yield line.at, 0
        for block in self.loose:
            yield block.start, 0
            yield block.start + block.seconds, 0

    def head(self, row: Row, width: int, signs: Signs) -> Text:
        """What stands at the head of a row of a picture of this width."""
        indent = " " * ((1 if width < NARROW else 2) * min(row.depth, DEEPEST))
        name, aside = row.name, f" {row.aside}" if row.aside else ""
        if row.count > 1:
            coroutine = row.task.coroutine
            name, aside = coroutine.rpartition(".")[2] or coroutine, f" {signs.times}{row.count:,}"
        room = max(width * 3 // 10, 10) - len(indent)
        if row.count > 1:
            room -= len(aside)
        kept = _shortened(name, room, signs.more)
        if row.count == 1 and cell_len(kept) + cell_len(visible(aside, newlines=False)) > room:
            aside = ""
        aside = visible(aside, newlines=False)
        return Text.assemble(indent, (kept, STYLE["name"]), (aside, STYLE["aside"]))

    def heads(self, width: int, signs: Signs) -> int:
        """Columns that the heads take in a picture of this width."""
        widest = max((self.head(row, width, signs).cell_len for row in self.rows.shown), default=0)
        if self.loose:
            widest = max(widest, len("(no task)"))
        if self.lines:
            widest = max(widest, min(max(cell_len(self._when(line, HEAD, signs)) for line in self.lines), HEAD))
        return min(widest, max(width * 3 // 10, 10))

    def cells(self, row: Row, painter: Painter) -> Cells:
        """The picture of a row."""
        if row.timers:
            return painter.timers(row.timers)
        return painter.task(row.task, self.stuck.get(row.task.name, ""), ends=row.ends)

    def texts(self, painter: Painter, head: int, width: int, signs: Signs) -> Iterator[Text]:
        """The rows, then the lines, with heads of ``head`` columns."""
        for row in self.rows.shown:
            cells = self.cells(row, painter).text()
            if not row.own:
                cells.stylize("dim")
            yield joined(self.head(row, width, signs), cells, head)
        if self.loose:
            yield joined(Text("(no task)", STYLE["aside"]), painter.blocks(self.loose).text(), head)
        for _, together in itertools.groupby(self.lines, lambda line: (line.at, line.order, line.task)):
            yield from self._printed([*together], painter.scale, head, width, signs)

    def _when(self, line: Line, width: int, signs: Signs) -> str:
        time = seconds(line.at)
        if line.task is None or len(self.run.tasks) < 2:
            return time
        name = next((row.name for row in self.rows.all if row.task.name == line.task), "")
        room = width - len(time) - 1
        return f"{time} {_shortened(name, room, signs.more)}".rstrip() if room >= min(cell_len(name), 6) else time

    def _printed(
        self, lines: Sequence[Line], scale: Scale | Part, head: int, width: int, signs: Signs
    ) -> Iterator[Text]:
        """Lines that one step prints, which stand one below the other: they may be a table."""
        room = width - head - 2
        texts = [_shown(line) for line in lines]
        left = room - max(map(cell_len, texts))
        column = min(scale.column(lines[0].at, lines[0].order), max(left, 0)) if self.rows.shown else 0
        for line, text in zip(lines, texts, strict=True):
            when = Text(self._when(line, head, signs), STYLE["aside"])
            for part in _folded(text, room):
                yield joined(when, Text(" " * column + part), head)
                when = Text()

    def notes(self) -> Iterator[str]:
        """What is not drawn."""
        steps = sum(row.task.steps_dropped for row in self.rows.shown)
        if steps:
            yield f"(at least {wording.count(steps, 'more step')}, not recorded)"
        hidden = self.rows.hidden
        if hidden:
            kinds = ", ".join(f"{count:,} {kind}" for kind, count in hidden.most_common())
            how = f", all {next(iter(hidden))}" if len(hidden) == 1 else f": {kinds}"
            yield f"({wording.count(sum(hidden.values()), 'more task')}{how})"


def joined(head: Text, picture: Text, width: int) -> Text:
    """One line of a picture whose heads take ``width`` columns."""
    padding = " " * (width - head.cell_len + 2)
    return Text.assemble(head, padding, picture, no_wrap=True, end="\n")


def ruler(scale: Scale, signs: Signs) -> Cells:
    """The seconds, or steps, above a picture."""
    cells = Cells(max(scale.width, 8))
    for column in scale.folds:
        cells.put(column, signs.fold, STYLE["fold"])
    for first, last in scale.extents():
        cells.fill(first, last + 1, signs.moment, STYLE["moment"])
    for column, label in scale.ruler():
        cells.write(column, label, STYLE["aside"])
    return cells


def legend(kinds: set[str], signs: Signs, width: int) -> Iterator[Text]:
    """What the signs mean, on lines of at most ``width`` columns."""
    row = ""
    for kind in MEANING:
        if kind not in kinds:
            continue
        entry = f"{getattr(signs, kind)} {MEANING[kind]}"
        if row and cell_len(row) + 2 + cell_len(entry) > width:
            yield Text(row, STYLE["aside"])
            row = ""
        row += f"{'  ' if row else ''}{entry}"
    if row:
        yield Text(row, STYLE["aside"])


def _shown(line: Line) -> str:
    text = shorten(visible(on_screen(line.text), newlines=False), lines=1, characters=300)
    return f"stderr: {text}" if line.stream == "stderr" else text


def _shortened(text: str, width: int, more: str) -> str:
    """Foreign text in at most ``width`` columns, without its middle: the end often tells names apart."""
    text = visible(text, newlines=False)
    if cell_len(text) <= width or width < 8:
        return cut(text, width, more)
    tail = text[-4:]
    return cut(text, width - cell_len(tail), more) + tail


def _folded(text: str, width: int) -> Iterator[str]:
    """Text in parts of at most ``width`` columns, broken at a space where there is one near the end."""
    while cell_len(text) > width:
        part = cut(text, width + 1, "")
        kept = part.rpartition(" ")[0] if " " in part[width // 2 :] else part
        yield kept
        text = text[len(kept) :].removeprefix(" ")
    yield text
