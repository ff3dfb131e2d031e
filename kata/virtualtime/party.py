"""One thread on a virtual clock, and one wait of it. Who goes next is decided by the `scheduler`."""

from __future__ import annotations

import enum
import threading
from collections.abc import Callable
from time import perf_counter as real_perf_counter
from typing import Any

from kata.virtualtime.liveness import Liveness
from kata.virtualtime.spinning import Spinning

__all__ = ["FROM_OUTSIDE", "STILL", "Party", "Stuck", "Waiter", "Waits"]

_allocate_lock = threading._allocate_lock  # type: ignore[attr-defined]


class Stuck(Exception):
    """Every party waits, and nothing can rouse any of them. The loop turns it into a report."""


class Waits(enum.Enum):
    """What may end a party's wait, apart from its deadline and the other parties; so, whether the clock may move."""

    HERE = enum.auto()
    """Nothing else. When all parties wait like this, and without a deadline, they are stuck."""
    CALLERS = enum.auto()
    """Somebody beyond the clock, at any moment or never. Time goes on."""
    TRAFFIC = enum.auto()
    """Bytes between two ends in this process. The clock stands still until no more come."""
    EXTERNAL = enum.auto()
    """Something that lives in real time, such as a process. Virtual time passes no faster than real time."""
    CLOSING = enum.auto()
    """The threads of a pool that closes. As `EXTERNAL`, but those of them that sleep on the clock may wake."""
    CONNECTIONS = enum.auto()
    """Somebody who connects or sends a datagram, where nobody beyond this process can. As `HERE`."""
    JOIN = enum.auto()
    """The end of a thread that is not on the clock: as `EXTERNAL`, once no job on the clock runs in it any more."""


STILL = frozenset({Waits.TRAFFIC, Waits.EXTERNAL, Waits.CLOSING})
"""What the clock stands still for."""

FROM_OUTSIDE = frozenset({Waits.CALLERS, Waits.EXTERNAL, Waits.CLOSING, Waits.JOIN})
"""What can end a wait though no party is left to do it."""


def _nothing() -> None:
    return None


class Party:
    """A thread on the clock. Its fields are guarded by the scheduler's mutex, and changed by the scheduler alone."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.running = True
        self.stalled = False
        """True while it runs and does not seem to come to its next wait."""
        self.deadline: int | None = None
        self.order = 0
        self.waits = Waits.HERE
        self.ready: Callable[[], bool] | None = None
        """With descriptors to wait for: asks the system whether one of them has something."""
        self.began = 0
        """With descriptors: when that wait began, in the order of the clock; who has waited longest goes first."""
        self.listens = False
        """True when its last wait was for `Waits.CONNECTIONS`."""
        self.joining: threading.Thread | None = None
        """With `Waits.JOIN`: the thread whose end it waits for."""
        self.wake: Callable[[], None] = _nothing
        """Ends its wait in the waiting thread."""
        self.native_id: int | None = None
        self.ident: int | None = None
        self.thread: threading.Thread | None = None
        """Set for a thread that does not tell when it ends."""
        self.joiners: list[Waiter] = []
        self.loop: Any = None
        """The event loop that runs in this thread, if one does."""
        self.deadlocked = False
        """True when it goes on only to be told that nothing can end its wait."""
        self.since = real_perf_counter()
        """When it began to run, in real seconds."""
        self.liveness = Liveness()
        self.spinning = Spinning()

    def turn(self) -> tuple[int, int]:
        """When it goes on, and in which place of that instant; it has a deadline."""
        assert self.deadline is not None
        return self.deadline, self.order

    def spins(self) -> bool:
        """True when it runs, and only goes round in circles; asked now and then by others."""
        return self.spinning.seen(self.ident, self.native_id, self.since)

    def begin(self) -> None:
        """It runs from now on."""
        self.running = True
        self.deadline = None
        self.waits = Waits.HERE
        self.ready = self.joining = None
        self.wake = _nothing
        self.since = real_perf_counter()

    def pause(self, deadline: int | None, order: int, wake: Callable[[], None], waits: Waits) -> None:
        """It waits from now on."""
        self.running = self.stalled = False
        self.deadline, self.order = deadline, order
        self.wake, self.waits = wake, waits
        self.listens = waits is Waits.CONNECTIONS

    def listen(self, ready: Callable[[], bool], began: int) -> None:
        """What it waits for may come by descriptors, too."""
        self.ready, self.began = ready, began


class Waiter:
    """One wait of one party. ``release`` ends it, as `threading.Condition` expects of its waiters.

    Args:
        party: who waits.
        release: what the scheduler does when somebody calls `release`.
        go_on: lets the party run.
    """

    def __init__(self, party: Party, release: Callable[[Waiter], None], go_on: Callable[[Party], None]) -> None:
        self.party = party
        self.lock = _allocate_lock()
        self.lock.acquire()
        self.notified = False
        self.over = False
        self._release = release
        self._go_on = go_on

    def release(self) -> None:
        """Rouse the party before its deadline: it goes on when its turn comes, at this instant.

        Raises:
            RuntimeError: the wait is over already; `Condition.notify` then tries the next waiter.
        """
        self._release(self)

    def finish(self) -> None:
        """End the wait; the caller holds the mutex."""
        if not self.over:
            self.over = True
            self._go_on(self.party)
            self.lock.release()
