"""The timeline of a run: rows of tasks under a ruler, what was printed, a legend of what occurs, and notes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

import msgspec
from rich.console import Console, ConsoleOptions, RenderResult
from rich.text import Text

from kata.contract.run import Line, Run, Span, TaskRecord
from kata.reports import wording
from kata.reports.timeline.picture import Painter
from kata.reports.timeline.rows import Rows, name_apart
from kata.reports.timeline.scale import Scale
from kata.reports.timeline.side import Side, joined, legend, ruler
from kata.reports.timeline.signs import STYLE, signs_for
from kata.reports.timeline.subject import lines_of
from kata.reports.timeline.timer_rows import with_timers
from kata.reports.timeline.tracebacks import digested, without_unretrieved
from kata.reports.timeline.view import View

__all__ = ["READABLE", "Timeline", "on_the_grid"]

GRID = 0.01
"""Seconds. Times of a real clock are rounded to this, so that what belongs together stands together."""

READABLE = 100
"""No picture is wider than this many columns."""


class Timeline:
    """A run as something that a `rich.console.Console` can print; it adapts to the width and the encoding.

    Args:
        run: the recording.
        rows: the most rows of tasks; past that, tasks are folded together or only counted.
        lines: the most printed lines that are shown.
        names: what the code that is judged defines; None where all code is its own.
        view: which part of the run is shown; None for all of it.
    """

    def __init__(
        self,
        run: Run,
        *,
        rows: int = 16,
        lines: int = 12,
        names: frozenset[str] | None = None,
        view: View | None = None,
    ) -> None:
        self.run = on_the_grid(run) if run.clock == "real" else run
        start = 0.0
        if view is not None:
            self.run, start = view.of(self.run), view.start
        printed = digested(_with_text(lines_of(self.run, names)))
        if names is None and self.run.unretrieved:
            printed = without_unretrieved(printed)
        total = len(printed) + self.run.lines_dropped
        shown = printed if total <= lines else printed[: lines - 1]
        self.dropped = total - len(shown)
        found = Rows(self.run, rows, names)
        if names is not None:
            found.shown = with_timers(found.shown, self.run)[:rows]
            name_apart(found.shown)
        self.side = Side(self.run, found, shown, start)

    def __bool__(self) -> bool:
        """Whether there is anything to draw."""
        return bool(self.side)

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        yield from self.texts(options.max_width, options.encoding)

    def texts(self, width: int, encoding: str) -> Iterator[Text]:
        """The lines of the picture, each at most ``width`` columns wide."""
        side = self.side
        if not side:
            return
        signs, width = signs_for(encoding), min(max(width, 24), READABLE)
        head = side.heads(width, signs)
        scale = Scale(side.moments(side.rows.shown), max(width - head - 2, 8))
        painter = Painter(scale, signs, side.end)
        if scale.extents() and (side.rows.shown or side.loose):
            painter.used.add("moment")
        rows = list(side.texts(painter, head, width, signs))
        if side.rows.shown or side.loose:
            first = "step" if scale.by_step and scale.ruler() else ""
            yield joined(Text(first, STYLE["aside"]), ruler(scale, signs).text(), head)
        yield from rows
        yield from legend(painter.used, signs, width)
        if self.dropped:
            yield Text(f"({wording.count(self.dropped, 'more line')})", STYLE["aside"])
        yield from (Text(note, STYLE["aside"]) for note in side.notes())


def _with_text(lines: Sequence[Line]) -> list[Line]:
    """Without what only ends a line that was printed in parts."""
    ends = {
        number
        for number, (before, line) in enumerate(pairwise(lines), 1)
        if not line.text and before.open and before.stream == line.stream
    }
    return [line for number, line in enumerate(lines) if number not in ends]


def on_the_grid(run: Run) -> Run:
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
