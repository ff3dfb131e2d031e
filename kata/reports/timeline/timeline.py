"""The timeline of a run: rows of tasks under a ruler, what was printed, a legend of what occurs, and notes."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Any

import msgspec
from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, RenderResult
from rich.text import Text

from kata.contract.run import Line, Run, Span, TaskRecord
from kata.reports import wording
from kata.reports.escape import on_screen, shorten, visible
from kata.reports.timeline.cells import Cells, cut
from kata.reports.timeline.picture import Painter, moments
from kata.reports.timeline.rows import Row, Rows
from kata.reports.timeline.scale import Scale, seconds
from kata.reports.timeline.signs import MEANING, STYLE, Signs, signs_for

__all__ = ["Timeline"]

GRID = 0.01
"""Seconds. Times of a real clock are rounded to this, so that what belongs together stands together."""

DEEPEST = 5
"""Levels of nesting that are shown by indenting."""

NARROW = 60


class Timeline:
    """A run as something that a `rich.console.Console` can print; it adapts to the width and the encoding.

    Args:
        run: the recording.
        rows: the most rows of tasks; past that, tasks are folded together or only counted.
        lines: the most printed lines that are shown.
    """

    def __init__(self, run: Run, *, rows: int = 16, lines: int = 12) -> None:
        self.run = _on_the_grid(run) if run.clock == "real" else run
        self.lines = lines
        self.rows = Rows(self.run, rows)
        self.loose = [block for block in self.run.blocks if block.task is None]

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        yield from self.texts(options.max_width, options.encoding)

    def texts(self, width: int, encoding: str) -> Iterator[Text]:
        """The lines of the picture, each at most ``width`` columns wide."""
        signs = signs_for(encoding)
        shown, dropped = self._printed()
        if not (self.rows.shown or shown or self.loose):
            return
        yield from _Drawing(self, shown, signs, max(width, 24)).texts()
        yield from (Text(note, STYLE["aside"]) for note in self._notes(dropped))

    def _printed(self) -> tuple[list[Line], int]:
        lines = [*self.run.lines[:1]]
        lines += [line for before, line in pairwise(self.run.lines) if not _only_ends(line, before)]
        total = len(lines) + self.run.lines_dropped
        shown = lines if total <= self.lines else lines[: self.lines - 1]
        return list(shown), total - len(shown)

    def _notes(self, dropped: int) -> Iterator[str]:
        if dropped:
            yield f"({wording.count(dropped, 'more line')})"
        steps = sum(row.task.steps_dropped for row in self.rows.shown)
        if steps:
            yield f"(at least {wording.count(steps, 'more step')}, not recorded)"
        hidden = self.rows.hidden
        if hidden:
            kinds = ", ".join(f"{count:,} {kind}" for kind, count in hidden.most_common())
            how = f", all {next(iter(hidden))}" if len(hidden) == 1 else f": {kinds}"
            yield f"({wording.count(sum(hidden.values()), 'more task')}{how})"


class _Drawing:
    """One timeline at one width."""

    def __init__(self, timeline: Timeline, lines: list[Line], signs: Signs, width: int) -> None:
        self.timeline = timeline
        self.run = timeline.run
        self.rows = timeline.rows.shown
        self.lines = lines
        self.signs = signs
        self.width = width
        self.indent = 1 if width < NARROW else 2
        self.stuck = {stuck.name: stuck.what for stuck in self.run.leaked}
        if self.run.deadlock:
            self.stuck |= {stuck.name: stuck.what for stuck in self.run.deadlock.tasks}
        heads = [self._head(row) for row in self.rows] + [Text("(no task)")] * bool(timeline.loose)
        widest = max((head.cell_len for head in heads), default=0)
        if lines:
            widest = max(widest, min(max(cell_len(self._when(line, 16)) for line in lines), 16))
        self.head = min(widest, max(width * 3 // 10, 10))
        room = max(width - self.head - 2, 8)
        self.end = self._end()
        self.scale = Scale(self._moments(), room)
        self.painter = Painter(self.scale, signs, self.end)

    def texts(self) -> Iterator[Text]:
        if self.rows or self.timeline.loose:
            yield self._ruler()
        for row in self.rows:
            cells = self.painter.task(row.task, self.stuck.get(row.task.name, ""))
            yield self._joined(self._head(row), cells.text())
        if self.timeline.loose:
            yield self._joined(Text("(no task)", STYLE["aside"]), self.painter.blocks(self.timeline.loose).text())
        for line in self.lines:
            yield from self._printed(line)
        yield from self._legend()

    # What is drawn, and when ---------------------------------------------------------------------------------

    def _end(self) -> float:
        ends = [self.run.elapsed, *(line.at for line in self.lines)]
        for task in self.run.tasks:
            ends += [span.end for span in task.spans[-1:]]
        ends += [block.start + block.seconds for block in self.timeline.loose]
        return max((end for end in ends if math.isfinite(end)), default=0.0)

    def _moments(self) -> Iterable[tuple[float, int]]:
        yield 0.0, 0
        yield self.end, 0
        for row in self.rows:
            yield from moments(row.task)
        for line in self.lines:
            yield line.at, 0
        for block in self.timeline.loose:
            yield block.start, 0
            yield block.start + block.seconds, 0

    # Parts ---------------------------------------------------------------------------------------------------

    def _head(self, row: Row) -> Text:
        task = row.task
        indent = " " * (self.indent * min(row.depth, DEEPEST))
        coroutine = task.coroutine.rpartition(".")[2] or task.coroutine
        name, aside = task.name, ""
        if row.count > 1:
            name, aside = coroutine, f" {self.signs.times}{row.count:,}"
        elif not _has_own_name(task):
            aside = f" {coroutine}"
        room = max(self.width * 3 // 10, 10) - len(indent)
        if row.count > 1:
            room -= len(aside)
        kept = _shortened(name, room, self.signs.more)
        aside = cut(aside, max(room - cell_len(kept), 0), self.signs.more) if row.count == 1 else aside
        return Text.assemble(indent, (kept, STYLE["name"]), (aside, STYLE["aside"]))

    def _ruler(self) -> Text:
        cells = Cells(max(self.scale.width, 8))
        for column in self.scale.folds:
            cells.put(column, self.signs.fold, STYLE["fold"])
        for first, last in self.scale.extents():
            cells.fill(first, last + 1, self.signs.moment, STYLE["moment"])
            self.painter.used.add("moment")
        for column, label in self.scale.ruler():
            cells.write(column, label, STYLE["aside"])
        head = "step" if self.scale.by_step and self.scale.ruler() else ""
        return self._joined(Text(head, STYLE["aside"]), cells.text())

    def _joined(self, head: Text, picture: Text) -> Text:
        padding = " " * (self.head - head.cell_len + 2)
        return Text.assemble(head, padding, picture, no_wrap=True, end="\n")

    def _when(self, line: Line, width: int) -> str:
        time = seconds(line.at)
        if line.task is None or len(self.run.tasks) < 2:
            return time
        return f"{time} {_shortened(line.task, max(width - len(time) - 1, 0), self.signs.more)}".rstrip()

    def _printed(self, line: Line) -> Iterator[Text]:
        text = shorten(visible(on_screen(line.text), newlines=False), lines=1, characters=300)
        if line.stream == "stderr":
            text = f"stderr: {text}"
        head = Text(self._when(line, self.head), STYLE["aside"])
        room = self.width - self.head - 2
        column = min(self.scale.column(line.at, line.order), max(room - cell_len(text), 0)) if self.rows else 0
        for part in _folded(text, room):
            yield self._joined(head, Text(" " * column + part))
            head = Text()

    def _legend(self) -> Iterator[Text]:
        kinds = [kind for kind in MEANING if kind in self.painter.used]
        entries = [f"{getattr(self.signs, kind)} {MEANING[kind]}" for kind in kinds]
        row = ""
        for entry in entries:
            if row and cell_len(row) + 2 + cell_len(entry) > self.width:
                yield Text(row, STYLE["aside"])
                row = ""
            row += f"{'  ' if row else ''}{entry}"
        if row:
            yield Text(row, STYLE["aside"])


def _only_ends(line: Line, before: Line) -> bool:
    """True for what only ends a line that was printed in parts."""
    return not line.text and before.open and before.stream == line.stream


def _has_own_name(task: TaskRecord) -> bool:
    return not (task.name.startswith("Task-") and task.name[5:].isdigit())


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


def _on_the_grid(run: Run) -> Run:
    """The run with its times rounded to `GRID`."""

    def rounded(value: Any) -> Any:
        if isinstance(value, float):
            return round(round(value / GRID) * GRID, 9)
        if isinstance(value, list):
            return [rounded(item) for item in value]
        if isinstance(value, Span | TaskRecord | Line):
            changed = {
                name: rounded(getattr(value, name))
                for name in value.__struct_fields__
                if isinstance(getattr(value, name), float | list)
            }
            if isinstance(value, TaskRecord):  # a wait that is none any more
                changed["spans"] = [
                    span for span in changed["spans"] if span.kind != "waiting" or span.start < span.end
                ]
            return msgspec.structs.replace(value, **changed)
        return value

    blocks = [
        msgspec.structs.replace(block, start=rounded(block.start), seconds=rounded(block.seconds))
        for block in run.blocks
    ]
    return msgspec.structs.replace(
        run, tasks=rounded(run.tasks), lines=rounded(run.lines), blocks=blocks, elapsed=rounded(run.elapsed)
    )
