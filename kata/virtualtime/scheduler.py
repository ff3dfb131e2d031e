"""Who lives on a virtual clock, and who goes next.

A *party* is a thread that the clock knows of: the thread of an event loop, a job in a thread pool, a thread
that the program started. A party runs, or waits: until an instant, or until another party rouses it, which makes
this very instant its deadline. Only when every party waits does the one with the earliest deadline go on, among
equal deadlines the one that has had it longest, and the clock moves there. Scheduler therefore take turns, in an
order that does not depend on the machine.

Two things in real life do not follow that protocol, and both are bounded here. A thread that computes for
more than `watch.COMPUTING` seconds without waiting no longer holds up the others' turns, though it still holds the
clock meanwhile. A thread that sleeps in the kernel (a socket, a lock held by another) lets virtual time pass no
faster than real time.
"""

from __future__ import annotations

import threading
import weakref
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import perf_counter as real_perf_counter
from typing import TYPE_CHECKING, Any

from kata.virtualtime.liveness import PATIENCE, Watch

if TYPE_CHECKING:
    from kata.virtualtime.clock import Clock

_allocate_lock = threading._allocate_lock  # type: ignore[attr-defined]


class Waiter:
    """One wait of one party. ``release`` ends it, as `threading.Condition` expects of its waiters."""

    def __init__(self, party: Party) -> None:
        self.party = party
        self.lock = _allocate_lock()
        self.lock.acquire()
        self.notified = False
        self.over = False

    def release(self) -> None:
        """Rouse the party from outside, before its deadline: it goes on when its turn comes, at this instant.

        Raises:
            RuntimeError: the wait is over already; `Condition.notify` then tries the next waiter.
        """
        with self.party.scheduler.mutex:
            if self.over or self.notified:
                raise RuntimeError("this wait is over")
            self.notified = True
            if self.party.running:  # it has not begun to wait
                self.finish()
            else:
                self.party.scheduler.rouse(self.party)

    def finish(self) -> None:
        """End the wait; the caller holds the mutex."""
        if not self.over:
            self.over = True
            self.party.go_on()
            self.lock.release()


class Party:
    """A thread on the clock. Its fields are guarded by ``scheduler.mutex``."""

    def __init__(self, scheduler: Scheduler, name: str) -> None:
        self.scheduler = scheduler
        self.name = name
        self.running = True
        self.rogue = False
        self.deadline: int | None = None
        self.order = 0
        self.wake: Callable[[], None] = _nothing
        self.outside = False
        """True while something beyond the clock may end the wait (a real join, a socket)."""
        self.holds = False
        """True while the clock must not move because of what this waiting party expects from outside."""
        self.listens = False
        """True while any party that runs may end the wait through a socket: each run of another makes it hold again."""
        self.joining: threading.Thread | None = None
        """The thread beyond the clock whose end this waiting party waits for."""
        self.yields = False
        """With ``holds``: True while threads that sleep on the clock may come to their deadlines all the same."""
        self.native_id: int | None = None
        self.thread: threading.Thread | None = None
        """Set for a thread that does not tell when it ends."""
        self.joiners: list[Waiter] = []
        self.loop: Any = None
        self.deadlocked = False
        self.since = real_perf_counter()
        self.watch = Watch()

    def go_on(self) -> None:
        """The party runs again; the caller holds the mutex."""
        if not self.running:
            self.running = True
            self.scheduler.running += 1
        self.deadline = None
        self.outside = self.holds = self.yields = self.listens = False
        self.joining = None
        for other in self.scheduler.all:
            other.holds |= other.listens
        self.since = real_perf_counter()
        self.wake = _nothing

    def stop(self, deadline: int | None, order: int, wake: Callable[[], None]) -> None:
        """The party waits from now on; the caller holds the mutex."""
        if self.running:
            self.running = False
            self.scheduler.running -= 1
        self.rogue = False
        self.deadline = deadline
        self.order = order
        self.wake = wake


def _nothing() -> None:
    return None


living: weakref.WeakSet[Scheduler] = weakref.WeakSet()
"""The scheduler of every clock that is still in use."""


class Scheduler:
    """All scheduler of one clock, and the rule that lets one of them go on."""

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self.mutex = threading.RLock()
        self.all: list[Party] = []
        self.running = 0
        self._local = threading.local()
        living.add(self)
        self._still_since: float | None = None

    def join(self, name: str) -> Party:
        """Register the calling thread, which runs."""
        party = self.expect(name, running=True)
        self.adopt(party)
        return party

    def expect(self, name: str, *, running: bool = False) -> Party:
        """Register a party whose thread will come later (`adopt`). Unless ``running`` it waits for its turn, now."""
        with self.mutex:
            party = Party(self, name)
            self.all.append(party)
            self.running += 1
            if not running:
                party.stop(self.clock.now_ns, self.clock.next_order(), _nothing)
        return party

    def adopt(self, party: Party) -> None:
        """The calling thread is this party from now on."""
        party.native_id = threading.get_native_id()
        self._local.party = party

    def leave(self, party: Party, *, clock_stops: bool = False) -> None:
        """The party is over; somebody else may go on.

        Args:
            party: the one that leaves.
            clock_stops: True for a loop that stops: nothing moves until the next one runs.
        """
        with self.mutex:
            if party in self.all:
                self.all.remove(party)
                if party.running:
                    self.running -= 1
                # Threads that wait for an instant wait on; those that were roused go on, those that nothing can
                # rouse are told so now.
                waiting_on = any(other.deadline is not None for other in self.all)
                if not clock_stops or not waiting_on or any(self.due(other) for other in self.all):
                    self.settle()
        if getattr(self._local, "party", None) is party:
            del self._local.party

    def current(self) -> Party | None:
        """The calling thread's party, or None when the clock does not know it."""
        return getattr(self._local, "party", None)

    @property
    def company(self) -> bool:
        """True when more than one party is registered."""
        return len(self.all) > 1

    def stuck_but(self, party: Party) -> bool:
        """True when there are other scheduler, and all of them wait for what only ``party`` could bring about."""
        with self.mutex:
            others = [other for other in self.all if other is not party]
            return bool(others) and all(
                not other.running and other.deadline is None and not other.outside for other in others
            )

    def somebody_due(self, but: Party) -> bool:
        """True when another party runs its turn or could have one at this instant."""
        return any(party is not but and ((party.running and not party.rogue) or self.due(party)) for party in self.all)

    def wait(self, party: Party, deadline: int | None, waiter: Waiter | None = None) -> bool:
        """Let ``party``, the calling thread, wait.

        Args:
            party: the calling thread's.
            deadline: the instant at which the wait ends by itself, or None.
            waiter: what others may `release`; made here when nobody else needs it.

        Returns:
            True when it was roused by ``waiter.release()``, False when its deadline came.

        Raises:
            Stuck: every party waits and nothing can rouse any of them.
        """
        waiter = waiter or Waiter(party)
        with self.mutex:
            if not waiter.over:
                party.stop(deadline, self.clock.next_order(), waiter.finish)
                self.settle()
        return self.await_turn(party, waiter)

    def rouse(self, party: Party) -> None:
        """What ``party`` waits for has happened: it takes its turn at this instant, after those who came before.

        It does not go on at once, beside whoever roused it: of two threads that run at the same time, chance would
        decide which is the first to do the next thing. The caller holds the mutex.
        """
        if party.deadline is None or party.deadline > self.clock.now_ns:
            party.deadline = self.clock.now_ns
            party.order = self.clock.next_order()
        party.outside = party.holds = False
        self.settle()

    def due(self, party: Party) -> bool:
        """True while ``party`` waits for nothing but its turn at this instant; the caller holds the mutex."""
        return not party.running and party.deadline is not None and party.deadline <= self.clock.now_ns

    def await_turn(self, party: Party, waiter: Waiter) -> bool:
        """Block the calling thread until ``waiter`` is over; see `wait` for what comes back."""
        while not waiter.lock.acquire(timeout=PATIENCE):
            with self.mutex:
                if not waiter.over:
                    self.tick()
        if party.deadlocked:
            party.deadlocked = False
            raise Stuck
        return waiter.notified

    @contextmanager
    def waiting_outside(self, party: Party, joining: threading.Thread) -> Iterator[None]:
        """Around a real join of a thread that is not on the clock, such as a pool's worker.

        While the worker's job waits on the clock, time goes on; once the worker only has to end, it stands still.
        """
        with self.mutex:
            party.stop(None, self.clock.next_order(), _nothing)
            party.outside = True
            party.joining = joining
            self.settle()
        try:
            yield
        finally:
            with self.mutex:
                party.go_on()

    def let_go(self) -> None:
        """Wake everybody: the interpreter ends, and joins its threads in real time."""
        with self.mutex:
            for party in self.all:
                if not party.running:
                    self._wake(party)

    def settle(self) -> None:
        """If every party waits, let the next one go on; the caller holds the mutex."""
        if self.running or not self.all:
            return
        self._still_since = None
        self._go(force=False)

    def _go(self, *, force: bool) -> None:
        due = [party for party in self.all if not party.running and party.deadline is not None]
        first = min(due, key=_turn, default=None)
        now = self.clock.now_ns
        held = not force and any(self._holds(party) for party in self.all if not party.running)
        if first is not None and first.deadline is not None:
            if first.deadline <= now or not held:
                self.clock.jump(first.deadline)
                self._wake(first)
        elif not held and not force and not any(party.outside for party in self.all):
            stuck = next((party for party in self.all if party.loop is not None), self.all[0])
            stuck.deadlocked = True
            self._wake(stuck)

    def _holds(self, party: Party) -> bool:
        if party.yields and any(other is not party and other.deadline is not None for other in self.all):
            return False
        return party.holds or (party.joining is not None and getattr(party.joining, "_job", None) not in self.all)

    @staticmethod
    def _wake(party: Party) -> None:
        wake = party.wake
        party.go_on()
        wake()

    def tick(self) -> None:
        """Look after threads that do not follow the protocol.

        Called by scheduler that wait, about every `PATIENCE` real seconds; the caller holds the mutex.
        """
        for other in [other for other in self.all if other.thread is not None and not other.thread.is_alive()]:
            self.leave(other)
        for other in self.all:
            if other.running and not other.rogue:
                other.rogue = other.watch.stalled(other)
        if all(other.rogue for other in self.all if other.running):
            due = [other for other in self.all if self.due(other)]
            if due:
                self._wake(min(due, key=_turn))
            elif self.running and self._somebody_computes():
                self._still_since = None
            else:
                self.pass_real_time()

    def pass_real_time(self) -> None:
        """The clock is held from outside: go on once as much real time has passed as lies before the next deadline.

        Called now and then while that lasts; the caller holds the mutex.
        """
        now = real_perf_counter()
        if self._still_since is None:
            self._still_since = now
        left = [party.deadline for party in self.all if not party.running and party.deadline is not None]
        if left and (now - self._still_since) * 1e9 >= min(left) - self.clock.now_ns:
            self._still_since = None
            self._go(force=True)

    def _somebody_computes(self) -> bool:
        return any([party.watch.computes(party) for party in self.all if party.running])


def _turn(party: Party) -> tuple[int, int]:
    assert party.deadline is not None
    return party.deadline, party.order


class Stuck(Exception):
    """Every party waits, and nothing can rouse any of them. The loop turns it into a report."""
