"""The scale of a timeline: which column a moment stands in.

An instant at which several steps were taken gets a column for each while there is room, so that their order can be
seen; the time between two instants is drawn to scale, except for long idle stretches, which are cut short. Where
there are more instants than columns, all of it is plain proportion.
"""

from __future__ import annotations

import itertools
import math
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence

__all__ = ["END", "Part", "Scale", "seconds", "shared"]

END = 1 << 62
"""Stands for the step after the last one, where a column of its own is wanted."""

GAP = 14
"""Columns that the time between two instants takes at most on average; a wider picture is only harder to read."""

NATURAL = 48
"""Columns that a picture of seconds takes when it can."""

MANY = 12
"""Instants from which on the ruler names them at regular distances."""

RULER = 12
"""Columns from one round second to the next, at least."""

STEP = 7
"""The most columns of one step when all happens at one instant."""

LEAST = 1.5
"""Columns of an average stretch below which the longest one is cut short."""

FOLDED_SHARE = 0.4


class Scale:
    """Columns for moments.

    Args:
        moments: every (second, number of the step) that will be asked for; 0 is no step.
        width: columns that there are.
    """

    def __init__(self, moments: Iterable[tuple[float, int]], width: int) -> None:
        steps: dict[float, set[int]] = {}
        for time, order in moments:
            known = steps.setdefault(time, set())
            if order:
                known.add(order)
        self.times = sorted(steps) or [0.0]
        self.orders = [sorted(steps.get(time, ())) for time in self.times]
        self._index = {time: index for index, time in enumerate(self.times)}
        self.by_step = len(self.times) == 1
        """True when everything happens at one instant: columns are steps then, not seconds."""
        self.folds: list[int] = []
        """Columns in the middle of stretches that were cut short."""
        self.proportional = False
        """True when there are too many instants to give each its own column."""
        counts = [max(len(orders), 1) for orders in self.orders]
        if self.by_step:
            self._one_instant(counts[0], width)
        elif 2 * len(self.times) - 1 <= width:
            self._instants_and_gaps(counts, width)
        else:
            self._proportional(width)

    def column(self, time: float, order: int = 0) -> int:
        """The column of a step at an instant; without a step the first column of the instant."""
        index = self._index[time]
        start, width, orders = self._starts[index], self._widths[index], self.orders[index]
        if not order or len(orders) < 2:
            return start
        rank = min(bisect_left(orders, order), len(orders) - 1)
        return start + rank * width // len(orders)

    def last_column(self, time: float) -> int:
        """The last column of an instant."""
        index = self._index[time]
        return self._starts[index] + self._widths[index] - 1

    def extents(self) -> list[tuple[int, int]]:
        """The first and last column of each instant that takes several, in a picture of seconds."""
        if self.by_step:
            return []
        pairs = zip(self._starts, self._widths, strict=True)
        return [(start, start + width - 1) for start, width in pairs if width > 1]

    def ruler(self) -> list[tuple[int, str]]:
        """Columns and what stands above them, as much as there is room for; the last instant always."""
        if self.by_step:
            steps = [order for order in self.orders[0] if order != END]
            marks = [(self.column(self.times[0], order), str(n)) for n, order in enumerate(steps, 1)]
        else:
            marks = self._round_times() or [
                (self._starts[index], seconds(time)) for index, time in enumerate(self.times)
            ]
        if not marks:
            return []
        last_column, last_text = marks[-1]
        # A label at the right edge stands to the left of its column's end.
        last_column = max(min(last_column, self.width - len(last_text)), 0)
        chosen = marks[:-1]
        if len(chosen) > MANY:  # every second, fifth, tenth … one, rather than wherever there is room
            strides = (base * 10**power for power in range(6) for base in (1, 2, 5))
            chosen = next(part for stride in strides if _fits(part := chosen[::stride]))
        shown, free = [], 0
        for column, text in chosen:
            if column >= free and column + len(text) < last_column:
                shown.append((column, text))
                free = column + len(text) + 1
        return [*shown, (last_column, last_text)]

    def _round_times(self) -> list[tuple[int, str]]:
        """Marks at round seconds, for a picture that is plain proportion from end to end."""
        if not self.proportional or not self._places[-1]:
            return []
        first, last = self.times[0], self.times[-1]
        step = _round_up(self._drawn * RULER / (self.width - 1))
        marks = [(0, seconds(first))]
        time = (math.floor(first / step) + 1) * step
        while time < last:
            later = bisect_left(self.times, time)
            if later - 1 in self._folded:
                time = (math.floor(self.times[later] / step) + 1) * step
                continue
            share = (time - self.times[later - 1]) / (self.times[later] - self.times[later - 1])
            place = self._places[later - 1] + share * (self._places[later] - self._places[later - 1])
            marks.append((self._column_of(place), seconds(time)))
            time += step
        return [*marks, (self.width - 1, seconds(last))]

    def _column_of(self, place: float) -> int:
        return min(int(place / self._places[-1] * (self.width - 1) + 1e-9), self.width - 1)

    def _one_instant(self, count: int, width: int) -> None:
        self._starts = [0]
        self._widths = [min(count * STEP, width) // count * count if count <= width else width]
        self.width = max(self._widths[0], 1)

    def _instants_and_gaps(self, counts: Sequence[int], width: int) -> None:
        gaps = [later - earlier for earlier, later in zip(self.times, self.times[1:], strict=False)]
        least = len(counts)
        widths = _capped(counts, max(width - 4 * len(gaps), least))
        room = min(width - sum(widths), max(GAP * len(gaps), NATURAL))
        lengths, folded = _cut_short(gaps, room)
        columns = _shared_out(lengths, room)
        self._widths = widths
        self._starts = []
        start = 0
        for index, own in enumerate(widths):
            self._starts.append(start)
            start += own
            if index < len(columns):
                if index in folded:
                    self.folds.append(start + columns[index] // 2)
                start += columns[index]
        self.width = start

    def _proportional(self, width: int) -> None:
        self.proportional = True
        gaps = [later - earlier for earlier, later in zip(self.times, self.times[1:], strict=False)]
        lengths, folded = _cut_short(gaps, width)
        self._folded = folded
        self._drawn = sum(gap for index, gap in enumerate(gaps) if index not in folded) / (
            1 - FOLDED_SHARE if folded else 1
        )
        self._places = [0.0, *itertools.accumulate(lengths)]
        self.width = width
        self._starts = [self._column_of(place) for place in self._places]
        self._widths = [1] * len(self.times)
        self.folds += [(self._starts[index] + self._starts[index + 1] + 1) // 2 for index in sorted(folded)]


class Part:
    """One of several pictures on one scale. Its steps at an instant are counted from 1, as those of the others are."""

    def __init__(self, moments: Iterable[tuple[float, int]]) -> None:
        steps: dict[float, set[int]] = {}
        for time, order in moments:
            known = steps.setdefault(time, set())
            if order:
                known.add(order)
        self._orders = {time: sorted(orders) for time, orders in steps.items()}
        self.scale = Scale((), 8)

    def moments(self) -> Iterator[tuple[float, int]]:
        """Every (second, number of the step at that second)."""
        for time, orders in self._orders.items():
            yield time, 0
            yield from ((time, number) for number in range(1, len(orders) + 1))

    def column(self, time: float, order: int = 0) -> int:
        """As in `Scale`."""
        return self.scale.column(time, self._number(time, order))

    def last_column(self, time: float) -> int:
        """As in `Scale`; the last step of this picture, not of the others."""
        return self.scale.column(time, len(self._orders[time]))

    @property
    def folds(self) -> list[int]:
        """As in `Scale`."""
        return self.scale.folds

    @property
    def width(self) -> int:
        """As in `Scale`."""
        return self.scale.width

    def _number(self, time: float, order: int) -> int:
        orders = self._orders.get(time, [])
        return min(bisect_left(orders, order), len(orders) - 1) + 1 if order and orders else 0


def shared(parts: Sequence[Part], width: int) -> Scale:
    """One scale for several pictures, each of which gets its columns from it from now on."""
    scale = Scale([moment for part in parts for moment in part.moments()], width)
    for part in parts:
        part.scale = scale
    return scale


def seconds(time: float) -> str:
    """A second on the ruler: ``0s``, ``1.5s``, ``3,600s``; milliseconds are enough from a hundredth on."""
    return f"{time:,.{3 if abs(time) >= 0.01 else 6}f}".rstrip("0").rstrip(".") + "s"


def _fits(marks: Sequence[tuple[int, str]]) -> bool:
    return all(column + len(text) < later for (column, text), (later, _) in itertools.pairwise(marks))


def _round_up(number: float) -> float:
    """The next of 1, 2, 5, 10, 20, 50 … and of their tenths and hundredths."""
    power = 10.0 ** math.floor(math.log10(number))
    return float(f"{power * next(digit for digit in (1, 2, 5, 10) if digit * power >= number * (1 - 1e-9)):.6g}")


def _capped(counts: Sequence[int], budget: int) -> list[int]:
    """The counts, the large ones cut to one size so that all fit into the budget."""
    if sum(counts) <= budget:
        return list(counts)
    low, high = 1, max(counts)
    while low < high:
        middle = (low + high + 1) // 2
        if sum(min(count, middle) for count in counts) <= budget:
            low = middle
        else:
            high = middle - 1
    return [min(count, low) for count in counts]


def _cut_short(gaps: Sequence[float], room: int) -> tuple[list[float], set[int]]:
    """The lengths to draw, and which of them are cut short: those that would leave the rest no room."""
    rest, left = sum(gaps), len(gaps)
    folded: set[int] = set()
    for index in sorted(range(len(gaps)), key=lambda index: -gaps[index]):
        others = rest - gaps[index]
        # A running sum of floats may leave dust; what is smaller than that is nothing.
        if left <= 1 or others <= 1e-9 or room * others / rest >= min(LEAST * (left - 1), room * 0.5):
            break
        folded.add(index)
        rest, left = others, left - 1
    if not folded:
        return list(gaps), folded
    each = rest * FOLDED_SHARE / (1 - FOLDED_SHARE) / len(folded)
    return [each if index in folded else gap for index, gap in enumerate(gaps)], folded


def _shared_out(lengths: Sequence[float], room: int) -> list[int]:
    """Whole columns in proportion to the lengths, at least one each, ``room`` in all."""
    total = sum(lengths)
    spare = room - len(lengths)
    exact = [length / total * spare if total > 0 else 0.0 for length in lengths]
    # Each takes what it is owed up to here, so that equal lengths differ by one column at most.
    columns, owed, given = [], 0.0, 0
    for share in exact:
        owed += share
        columns.append(1 + round(owed) - given)
        given = round(owed)
    return columns
