"""One task as a row of signs: when it ran, waited, blocked, and how it ended."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from rich.cells import cell_len

from kata.contract.run import Block, Span, TaskRecord, Timer
from kata.reports.timeline.cells import Cells, cut
from kata.reports.timeline.labels import labels, plain_wait
from kata.reports.timeline.rows import is_cut
from kata.reports.timeline.scale import Part, Scale, seconds
from kata.reports.timeline.signs import MEANING, STYLE, Signs
from kata.reports.timeline.subject import ELSEWHERE

__all__ = ["TURNS", "Painter", "moments", "steps_at_the_end"]

SHORTEST = 8
"""Letters of a label that is cut: fewer, and the sign for more, say nothing."""

TURNS = ("its first turn", "its next turn")
"""What a task waits for that could run at once, if it were let."""


class Painter:
    """Paints rows on one scale and remembers which signs occurred.

    Args:
        scale: where each moment stands.
        signs: what to draw with.
        end: the second at which the picture ends.
        labels: whether what a task waits for is written into its row.
        details: whether the label says more than the call, such as its line.
    """

    def __init__(
        self, scale: Scale | Part, signs: Signs, end: float, *, labels: bool = True, details: bool = True
    ) -> None:
        self.scale = scale
        self.signs = signs
        self.end = end
        self.labels = labels
        self.details = details
        self.used: set[str] = set()

    def task(self, task: TaskRecord, stuck_in: str = "", *, ends: bool = True) -> Cells:
        """The row of one task.

        Args:
            task: which.
            stuck_in: what it waited for when it was last seen, if it is stuck.
            ends: whether to say how it ended.
        """
        cells = Cells(self.scale.width)
        woken = _woken(task)
        place: int | None = None
        ended = task.created
        spans = _before_cleanup(task)
        for index, span in enumerate(spans):
            if span.kind == "waiting" and span.what == ELSEWHERE:
                place = max(self.scale.column(span.end, span.order) - 1, 0)
            elif span.kind == "waiting":
                start = self.scale.column(task.created) if place is None else place + 1
                if place is not None and span.start > ended:
                    hidden = self.scale.column(span.start)
                    self._put(cells, "unknown", start, hidden)
                    start = max(start, hidden)
                end = self.scale.column(span.end, span.order)
                if index == len(spans) - 1:  # it waits still
                    end = max(self.scale.column(span.end), (place or 0) + 1)
                self._wait(cells, start, end, span.what, span)
                place = max(end - 1, place if place is not None else -1)
            elif span.kind == "blocked":
                start, end = self._column(span.start, span.order), self._column(span.end, span.order)
                self._block(cells, start, end, self._labels(span.what, span))
            else:
                start, end = self._column(span.start, span.order), self._column(span.end, span.order)
                if place is not None:
                    self._wait(cells, place + 1, start, "")
                self._step(cells, start, end, index in woken)
                place = end
            ended = span.end
        if ends:
            self._ending(cells, task, place, stuck_in)
        return self._noted(cells)

    def blocks(self, blocks: list[Block]) -> Cells:
        """The row of what blocked the loop outside any task, such as a callback."""
        cells = Cells(self.scale.width)
        for block in blocks:
            start, end = self.scale.column(block.start), self.scale.column(block.start + block.seconds)
            line = f" :{block.at.line}" if block.at is not None else ""
            self._block(cells, start, end, [f"{block.call}{line}", block.call])
        return self._noted(cells)

    def timers(self, timers: Sequence[Timer]) -> Cells:
        """The row of some timers: each from when it was set to when it ended."""
        cells = Cells(self.scale.width)
        for timer in timers:
            ended = self.end if timer.ended is None else timer.ended
            start, end = self.scale.column(timer.set), max(self.scale.column(ended), self.scale.column(timer.set))
            self._put(cells, "waits", start + 1, end)
            self._fold(cells, start + 1, end)
        for timer in timers:
            start = self.scale.column(timer.set)
            if timer.ended is None or timer.ended > timer.set:
                self._put(cells, "set", start, start + 1)
            if not timer.calls:
                ended = self.end if timer.ended is None else timer.ended
                end = self.scale.column(ended)
                self._label(cells, start + 1, end, [f"until {seconds(timer.due)}"], STYLE["label"], whole=True)
        for timer in timers:
            if timer.fired and timer.ended is not None:
                end = self.scale.column(timer.ended)
                self._put(cells, "due", end, end + 1)
        return self._noted(cells)

    def _noted(self, cells: Cells) -> Cells:
        self.used |= {kind for kind in MEANING if cells.holds(getattr(self.signs, kind), STYLE[kind])}
        return cells

    def _column(self, time: float, order: int) -> int:
        return self.scale.column(time, order)

    def _labels(self, what: str, span: Span | None) -> Iterable[str]:
        return labels(span) if span is not None and self.details else [plain_wait(what)]

    def _wait(self, cells: Cells, start: int, end: int, what: str, span: Span | None = None) -> None:
        if end <= start:
            return
        ready = what in TURNS
        self._put(cells, "ready" if ready else "waits", start, end)
        self._fold(cells, start, end)
        if what and not ready:
            self._label(cells, start, end, self._labels(what, span), STYLE["label"])

    def _block(self, cells: Cells, start: int, end: int, calls: Iterable[str]) -> None:
        self._put(cells, "blocks", start, max(end, start + 1))
        self._fold(cells, start, end)
        self._label(cells, start + 1, end - 1, calls, STYLE["blocks"])

    def _step(self, cells: Cells, start: int, end: int, woken: bool) -> None:
        kind = "woken" if woken else "runs"
        if end > start and cells.is_empty(start, end):  # computing, on the real clock
            self._put(cells, "runs", start, end + 1)
            self._fold(cells, start, end)
        elif end == start:
            self._put(cells, kind, start, start + 1)
        else:
            self._put(cells, "runs", end, end + 1)

    def _ending(self, cells: Cells, task: TaskRecord, place: int | None, stuck_in: str) -> None:
        if task.ended_by_cleanup or task.outcome == "pending":
            end = self.scale.last_column(self.end)
            start = place + 1 if place is not None else self.scale.column(task.created)
            if is_cut(task):
                self._put(cells, "unknown", start, end)
            elif start < end:
                self._wait(cells, start, end, stuck_in or "its first turn" if place is None else stuck_in)
            self._put(cells, "alive", max(end, start - 1), max(end, start - 1) + 1)
            return
        if is_cut(task) and task.ended is not None:
            end = self.scale.column(task.ended)
            self._put(cells, "unknown", self.scale.column(task.created) if place is None else place + 1, end)
            place = end
        if place is None and task.ended is not None:  # it ran outside a turn: an eager start
            place = self.scale.column(task.ended)
        if place is None:
            return
        kind = {"returned": "finished", "raised": "failed", "cancelled": "cancelled"}[task.outcome]
        self._put(cells, kind, place, place + 1)
        if task.error is not None and kind == "failed":
            text = cut(task.error.type, 40, self.signs.more)
            if place + 2 + cell_len(text) <= len(cells):
                cells.write(place + 2, text, STYLE["failed"])

    def _put(self, cells: Cells, kind: str, start: int, end: int) -> None:
        cells.fill(start, end, getattr(self.signs, kind), STYLE[kind])

    def _label(
        self, cells: Cells, start: int, end: int, texts: Iterable[str], style: str, *, whole: bool = False
    ) -> None:
        """Write into a stretch what it is about, clear of where time was cut short: the first text that fits, or a
        part of the last."""
        if not self.labels:
            return
        for column in self.scale.folds:
            if start <= column < end:
                start, end = (column + 1, end) if end - column > column - start else (start, column)
        text = label = ""
        for text in texts:
            label = cut(text, max(end - start - 2, 0), self.signs.more)
            if label == text:
                break
        if label == text or (len(label) > SHORTEST and not whole):
            margin = 1 if end - start > cell_len(label) + 2 else 0
            cells.write(start + margin, f" {label} ", style)

    def _fold(self, cells: Cells, start: int, end: int) -> None:
        for column in self.scale.folds:
            if start <= column < end:
                cells.put(column, self.signs.fold, STYLE["fold"])


def moments(task: TaskRecord) -> Iterator[tuple[float, int]]:
    """Every (second, step) at which something in a task's row stands."""
    yield task.created, 0
    if task.ended is not None:
        yield task.ended, 0
    for span in _before_cleanup(task):
        if span.kind == "waiting":
            yield span.start, 0  # not the end of the span before where steps are missing between the two
            yield span.end, 0
        else:
            yield span.start, span.order
            yield span.end, span.order


def steps_at_the_end(task: TaskRecord, end: float) -> bool:
    """True when a task that is not finished at the end took a step at that very moment."""
    if task.outcome != "pending" and not task.ended_by_cleanup:
        return False
    return any(span.kind == "running" and span.end == end for span in _before_cleanup(task)[-2:])


def _woken(task: TaskRecord) -> set[int]:
    """The indexes of the spans that ran because somebody called ``cancel()``."""
    if task.ended_by_cleanup:
        return set()
    found, asked = set(), sorted(task.cancel_requests)
    for index, span in enumerate(task.spans):
        if span.kind == "running" and asked and span.start >= asked[0]:
            found.add(index)
            asked = [time for time in asked if time > span.start]
    return found


def _before_cleanup(task: TaskRecord) -> list[Span]:
    """The spans without the turn in which the closing loop threw the task out."""
    spans = task.spans
    if task.ended_by_cleanup and task.cancel_requests and spans:
        last = spans[-1]
        if last.kind == "running" and last.start >= max(task.cancel_requests):
            return spans[:-1]
    return spans
