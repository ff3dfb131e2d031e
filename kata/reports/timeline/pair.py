"""Two recordings of one play, the learner's and the solution's, on one scale, with a mark where they first part."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import msgspec
from rich.cells import cell_len
from rich.text import Text

from kata.contract.run import Line, Run
from kata.reports.timeline.call_rows import call_rows, with_arguments
from kata.reports.timeline.cells import Cells, cut
from kata.reports.timeline.picture import Painter
from kata.reports.timeline.rows import Row, Rows, name_apart
from kata.reports.timeline.scale import Part, shared
from kata.reports.timeline.side import Side, joined, legend, ruler
from kata.reports.timeline.signs import STYLE, Signs, signs_for
from kata.reports.timeline.subject import lines_of
from kata.reports.timeline.timeline import READABLE, on_the_grid
from kata.reports.timeline.timer_rows import with_timers
from kata.reports.timeline.tracebacks import digested

__all__ = ["Pair", "Played"]

COMPARED = 300
"""Rows of each recording that are looked at, at most."""

PRINTED = 2
"""Lines of each recording that are shown where the two print different things."""

Key = tuple[str, int]
"""The name at the head of a row, and how many rows of that name stand above it."""


@dataclass(frozen=True)
class Played:
    """A recording, and whose it is."""

    run: Run
    names: frozenset[str]
    """What that code defines."""
    title: str
    """What stands above its rows."""
    start: float = 0.0
    """The virtual second at which its picture begins."""


class Pair:
    """The two as one picture.

    Args:
        yours: what the learner's code did.
        good: what the solution does.
        rows: how many rows there may be in all, printed lines and notes among them.
        calls: whether the rows are calls of what the code was given, rather than its tasks.
    """

    def __init__(self, yours: Played, good: Played, *, rows: int, calls: bool = False) -> None:
        self.played = (yours, good)
        self.rows = rows
        runs = [on_the_grid(each.run) if each.run.clock == "real" else each.run for each in self.played]
        blocks = any(run.blocks for run in runs)  # which explain more than what was printed
        printed = _where_they_differ(
            *([] if blocks else _printed(run, each.names) for each, run in zip(self.played, runs, strict=True))
        )
        self.sides: list[Side] = []
        limits = any(timer.fired for run in runs for timer in run.timers if not timer.calls)
        for each, run, lines in zip(self.played, runs, printed, strict=True):
            found = Rows(run, len(run.tasks) + 1, each.names)
            if calls:
                found.all = call_rows(run)
            else:
                with_arguments(found.all, run)
                found.all = _without_idle_limits(with_timers(found.all, run, limits_too=limits))
            self.sides.append(Side(run, found, lines, each.start))

    def texts(self, width: int, encoding: str) -> list[Text]:
        """The lines of the picture; none where the two look the same, or differ only in names of what is waited for.

        Args:
            width: columns that there are.
            encoding: of what it is written to.
        """
        signs, width = signs_for(encoding), min(max(width, 24), READABLE)
        self._choose(width, signs)
        head = max(side.heads(width, signs) for side in self.sides)
        room = max(width - head - 2, 8)
        drawn = _Drawn(self.sides, [side.rows.shown for side in self.sides], room, signs)
        differences = drawn.differences()
        if not differences or _hides_what_matters(self.sides[0]):
            return []
        parting = min(differences.values())
        return list(self._lines(drawn, parting, head, width, signs))

    def _choose(self, width: int, signs: Signs) -> None:
        """Which rows to show: the first one, those that part first, and others as far as there is room."""
        compared = [side.rows.all[:COMPARED] for side in self.sides]
        drawn = _Drawn(self.sides, compared, width * 7 // 10, signs)
        differ = drawn.differences()
        known: dict[Key, Row] = {}
        for rows in drawn.rows:
            for key, row in rows.items():
                known.setdefault(key, row)
        first = next((number for number, row in enumerate(known.values()) if row.own), 0)
        ranks: dict[Key, tuple[int, int]] = {}
        for number, (key, row) in enumerate(known.items()):
            if row.own and number == first:
                ranks[key] = (0, 0)
            elif key in differ:
                ranks[key] = (1 if row.own else 2, differ[key])
            elif row.own:
                ranks[key] = (3, number)
        costs = {key: sum(key in rows for rows in drawn.rows) for key in ranks}
        room = self.rows - sum(len(side.lines) for side in self.sides)
        if sum(costs.values()) > room:
            room -= len(self.sides)  # for the notes on what is left out
        chosen: set[Key] = set()
        for key in sorted(ranks, key=ranks.__getitem__):
            if costs[key] <= room or not chosen:
                chosen.add(key)
                room -= costs[key]
        for side, found in zip(self.sides, drawn.rows, strict=True):
            shown = [row for key, row in found.items() if key in chosen]
            side.rows.show(sorted(shown, key=lambda row: not row.own))
            depth = -1
            for row in side.rows.shown:  # below what is left out, nothing hangs
                row.depth = depth = min(row.depth, depth + 1)
            name_apart(side.rows.shown)

    def _lines(self, drawn: _Drawn, parting: int, head: int, width: int, signs: Signs) -> Iterator[Text]:
        scale = drawn.scale
        plain = scale.by_step and not drawn.has_time()
        if not plain:
            first = "step" if scale.by_step and scale.ruler() else ""
            yield joined(Text(first, STYLE["aside"]), ruler(scale, signs).text(), head)
            yield joined(Text(), _mark(parting, width - head - 2, signs), head)
        for played, side, painter in zip(self.played, self.sides, drawn.painters, strict=True):
            yield Text(cut(played.title, width, signs.more), "bold")
            yield from side.texts(painter, head, width, signs)
            if not side.rows.shown and not side.loose:
                yield Text("(took no time)", STYLE["aside"])
            yield from (Text(note, STYLE["aside"]) for note in side.notes())
        used = set[str]().union(*(painter.used for painter in drawn.painters))
        if scale.extents() and not plain:
            used.add("moment")
        yield from legend(used, signs, width)


class _Drawn:
    """Rows of both on one scale."""

    def __init__(self, sides: Sequence[Side], rows: Sequence[Sequence[Row]], room: int, signs: Signs) -> None:
        self.sides = sides
        self.rows = _matched(*map(_keyed, rows))
        self._all_known = not any(side.run.tasks_dropped for side in sides)
        # Where steps are missing, their order at one instant tells nothing.
        parts = [
            Part((time, order if self._all_known else 0) for time, order in side.moments(each))
            for side, each in zip(sides, rows, strict=True)
        ]
        self._unknown = signs.unknown
        self.scale = shared(parts, room)
        pairs = [*zip(parts, sides, strict=True)]
        self.painters = [Painter(part, signs, side.end, details=False) for part, side in pairs]
        self._plain = [Painter(part, signs, side.end, labels=False) for part, side in pairs]

    def differences(self) -> Mapping[Key, int]:
        """The rows in which other things are done, each with the first column in which they are."""
        first, second = (
            {key: side.cells(row, painter) for key, row in rows.items()}
            for side, rows, painter in zip(self.sides, self.rows, self._plain, strict=True)
        )
        found, nothing = {}, Cells(self.scale.width)
        for key in first | second:
            if not self._all_known and (key not in first or key not in second):
                continue  # it may be among the tasks that the other recording has no room for
            column = first.get(key, nothing).parts_from(second.get(key, nothing), self._unknown)
            if column is not None:
                found[key] = column
        return found

    def has_time(self) -> bool:
        """True when some row shows more than one moment."""
        return any(
            side.cells(row, painter).count() > 1
            for side, rows, painter in zip(self.sides, self.rows, self._plain, strict=True)
            for row in rows.values()
        )


def _hides_what_matters(side: Side) -> bool:
    """Whether there is room for one row only, which waits for tasks that have none."""
    shown = [row for row in side.rows.shown if row.own and not row.timers]
    hidden = sum(side.rows.hidden.values())
    return bool(hidden) and len(shown) == 1 and sum(span.kind == "waiting" for span in shown[0].task.spans) <= 1


def _without_idle_limits(rows: list[Row]) -> list[Row]:
    """Of time limits only those that were reached; where none was, the first."""
    limits = [row for row in rows if row.timers and not row.timers[0].calls]
    told = [row for row in limits if any(timer.fired for timer in row.timers)] or limits[:1]
    return [row for row in rows if row not in limits or row in told]


def _keyed(rows: Sequence[Row]) -> dict[Key, Row]:
    seen: Counter[str] = Counter()
    keyed = {}
    for row in rows:
        keyed[row.name, seen[row.name]] = row
        seen[row.name] += 1
    return keyed


def _matched(yours: dict[Key, Row], good: dict[Key, Row]) -> tuple[dict[Key, Row], dict[Key, Row]]:
    """The same, where rows of names that the other side does not have are set against each other in their order."""

    def kind(row: Row) -> tuple[bool, bool]:
        return row.own, bool(row.timers)

    renamed: dict[Key, Key] = {}
    free = [key for key in yours if key not in good]
    for key in (key for key in good if key not in yours):
        other = next((mine for mine in free if kind(yours[mine]) == kind(good[key])), None)
        if other is not None:
            free.remove(other)
            renamed[key] = other
    return yours, {renamed.get(key, key): row for key, row in good.items()}


def _mark(column: int, room: int, signs: Signs) -> Text:
    words = "here they differ"
    if column + 2 + cell_len(words) <= room:
        return Text(f"{' ' * column}{signs.parting} {words}", STYLE["parting"])
    before = max(column - 1 - cell_len(words), 0)
    return Text(f"{' ' * before}{words} {signs.parting}", STYLE["parting"])


def _printed(run: Run, names: frozenset[str]) -> list[Line]:
    """What the code printed itself; what Python says on standard error of a task or coroutine stands elsewhere."""
    return [line for line in digested(lines_of(run, names)) if line.stream == "stdout"]


def _where_they_differ(yours: Sequence[Line], good: Sequence[Line]) -> tuple[list[Line], list[Line]]:
    """The printed lines about the first one that differs, as (text, second); none where none does."""

    def said(lines: Sequence[Line]) -> list[tuple[str, float]]:
        return [(line.text, line.at) for line in lines]

    ours, theirs = said(yours), said(good)
    if ours == theirs:
        return [], []
    first = next((n for n, pair in enumerate(zip(ours, theirs, strict=False)) if pair[0] != pair[1]), None)
    begin = min(len(ours), len(theirs)) if first is None else first
    return tuple(  # type: ignore[return-value]
        [msgspec.structs.replace(line, text=line.text[:50]) for line in lines[begin:][:PRINTED]]
        for lines in (yours, good)
    )
