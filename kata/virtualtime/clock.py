"""The virtual clock: whole nanoseconds that move only by jumps, shared by every loop and thread of a play.

Owns what time it is. Who may move it, and when, is decided by the `scheduler`.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable

__all__ = ["BILLION", "NEVER", "START_OF_TIME_NS", "Clock", "to_ns"]

BILLION = 1_000_000_000

NEVER: int = 1 << 200
"""A deadline that never comes; beyond it a float of seconds cannot be told from infinity in practice."""

START_OF_TIME_NS = 1_767_603_600 * BILLION
"""Where the wall clock starts unless told otherwise: Monday, 5 January 2026, 09:00 UTC. Fixed, so that plays repeat."""


def to_ns(seconds: float) -> int:
    """``seconds`` as whole nanoseconds, the nearest; infinity is `NEVER`, not-a-number is 0."""
    try:
        return min(round(seconds * BILLION), NEVER)
    except OverflowError:
        return NEVER if seconds > 0 else -NEVER
    except ValueError:  # not a number: the stock loop's comparisons let such a timer fire at once
        return 0


_COARSE = 4e6
"""Seconds from which on neighbouring floats are nearly a nanosecond apart."""


def _resolution(seconds: float) -> float:
    """Half a nanosecond tells neighbours apart until floats themselves cannot any more."""
    return max(0.5e-9, math.ulp(seconds))


ROOM = 1 << 20
"""How many places lie between two in the order of deadlines, for what the first of them brings about elsewhere."""


class Clock:
    """Virtual time for one play.

    >>> clock = Clock()
    >>> clock.jump(clock.deadline(1.5))
    >>> clock.elapsed
    1.5

    Args:
        start: what ``loop.time()`` and ``time.monotonic()`` say at first, in virtual seconds.
        wall_ns: nanoseconds since 1970 that the wall clock says at first.
    """

    def __init__(self, start: float = 0.0, wall_ns: int = START_OF_TIME_NS) -> None:
        self.now_ns = to_ns(start)
        self.start_ns = self.now_ns
        self.seconds = self.now_ns / BILLION
        self.resolution = _resolution(self.seconds)
        """Two floats of seconds on this clock that are closer than this mean the same instant."""
        self._wall_offset_ns = wall_ns - self.now_ns
        self.end_ns: int | None = None
        """The instant beyond which this clock does not go: instead of that, `on_end` is called, and may set another."""
        self.on_end: Callable[[], None] = _nothing
        self.creeps = False
        """True when it moves for who looks at it again and again, see `time_patches`, and goes on without threads that
        only spin, see `spinning`. Finding those is nothing that exercises may do."""
        self._order = itertools.count(0, ROOM)
        self.next_order = self._order.__next__
        """The number of a deadline that is set now; of equal deadlines the one with the lowest comes first."""

    def follow(self, order: int) -> None:
        """Number deadlines that are set from now on after ``order``, which another clock has given."""
        if order > self.next_order():
            self._order = itertools.count((order // ROOM + 1) * ROOM, ROOM)
            self.next_order = self._order.__next__

    @property
    def wall_ns(self) -> int:
        """Nanoseconds since 1970 on the wall clock."""
        return self.now_ns + self._wall_offset_ns

    @property
    def elapsed(self) -> float:
        """Virtual seconds since the clock was made, exact to the nanosecond."""
        return (self.now_ns - self.start_ns) / BILLION

    def jump(self, to: int) -> None:
        """Move to the instant ``to`` (nanoseconds on this clock). Time never runs backwards."""
        while self.end_ns is not None and to > self.end_ns:
            end, self.end_ns = self.end_ns, None
            self.jump(end)
            self.on_end()
        if to > self.now_ns:
            self.now_ns = to
            # Of two whole numbers, as timers do it too: above 2**53 dividing by a float would round twice.
            self.seconds = max(self.seconds, to / BILLION)
            if self.seconds > _COARSE:
                self.resolution = _resolution(self.seconds)

    def nudge_float(self, seconds: float) -> None:
        """Let the float of seconds reach ``seconds``, less than a nanosecond ahead; the nanoseconds stay.

        ``while (left := deadline - time()) > 0: sleep(left)`` may be left with some 1e-15 of a second because of
        how floats add up. Such a wait ends at this very instant, but it must end.
        """
        self.seconds = max(self.seconds, seconds, math.nextafter(self.seconds, math.inf))

    def deadline(self, when: float) -> int:
        """The instant that a float ``when`` on this clock's scale means.

        Far from zero a float holds fewer digits than a nanosecond has: 1.7e9 + 0.1 is some 1.7e9 + 0.09999990.
        The distance from now is therefore rounded to the finest decimal step that the float can hold.
        """
        if not math.isfinite(when):
            return to_ns(when)
        step = 1
        grain = 4 * BILLION * math.ulp(max(abs(when), abs(self.seconds)))
        while step < grain:
            step *= 10
        distance = (when - self.seconds) * BILLION
        return self.now_ns + round(distance / step) * step


def _nothing() -> None:
    pass
