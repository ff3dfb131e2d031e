"""Which thread on a virtual clock goes next, and when the clock may move.

A *party* is a thread that the clock knows of: the thread of an event loop, a job in a thread pool, a thread
that the program started. A party runs, or waits: until an instant, or until another party rouses it, which makes
this very instant its deadline. Only when every party waits does the one with the earliest deadline go on, among
equal deadlines the one that has had it longest, and the clock moves there. Parties therefore take turns, in an
order that does not depend on the machine.

Two things in real life do not follow that protocol, and both are bounded here. A thread that computes for
more than `liveness.COMPUTING` seconds without waiting no longer holds up the others' turns, though it still holds
the clock meanwhile, unless it only spins. A thread that sleeps in the kernel (a lock held by another) lets virtual
time pass no faster than real time. Threads that wait for sockets do follow it: they are asked for between two turns.
"""

from __future__ import annotations

import threading
import weakref
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import perf_counter as real_perf_counter
from typing import ClassVar

from kata.virtualtime.clock import Clock
from kata.virtualtime.external import Outside
from kata.virtualtime.liveness import PATIENCE
from kata.virtualtime.partner import Partner
from kata.virtualtime.party import FROM_OUTSIDE, STILL, Party, Stuck, Waiter, Waits
from kata.virtualtime.standstill import holds, may_be_called

__all__ = ["Scheduler"]

# WebAssembly has one thread, and no number of the system for it.
_native_id: Callable[[], int] = getattr(threading, "get_native_id", threading.get_ident)


class Scheduler:
    """All parties of one clock, and the rule that lets one of them go on.

    Two loops that run inside one another, and the threads that they start, share one.

    >>> import time
    >>> from kata.virtualtime import Clock, Scheduler, time_patches
    >>> time_patches.install()
    >>> scheduler = Scheduler(Clock(start=10))
    >>> with scheduler.active():
    ...     time.sleep(60)
    ...     time.monotonic()
    70.0

    Args:
        clock: the time; a new clock by default.
        closed_world: True when nobody outside this process can connect or send a signal. Then a listening socket
            with nobody left to connect is a deadlock too.
    """

    living: ClassVar[weakref.WeakSet[Scheduler]] = weakref.WeakSet()
    """Every scheduler there is."""
    ruling: ClassVar[list[Scheduler]] = []
    """Those that are active; the last one rules."""

    def __init__(self, clock: Clock | None = None, *, closed_world: bool = False) -> None:
        self.clock = clock or Clock()
        self.closed_world = closed_world
        self.mutex = threading.RLock()
        self.all: list[Party] = []
        self.running = 0
        self.silent: set[Party] = set()
        """Parties that wait for traffic of which nothing is on its way any more."""
        self.on_block: Callable[[int, int, str], None] | None = None
        """Told of each block of a loop's thread: the instants of its start and end, and the blocking call."""
        self.outside = Outside()
        self.partner: Partner | None = None
        self._local = threading.local()
        self._still_since: float | None = None
        self._held_since: float | None = None
        """Since when, in real seconds, the clock stands still for what lives there; nobody tells when that ends."""
        self.living.add(self)

    @classmethod
    def of(cls, clock: Clock) -> Scheduler:
        """The scheduler of this clock; a new one when it has none."""
        return next((known for known in list(cls.living) if known.clock is clock), None) or cls(clock)

    @contextmanager
    def active(self) -> Iterator[Scheduler]:
        """Let this clock rule the process: ``time.time()`` and its kin, threads, and each `VirtualLoop` made inside."""
        if self not in self.ruling:
            self.outside.begin()
        self.ruling.append(self)
        try:
            yield self
        finally:
            self.ruling.remove(self)

    # Who is there --------------------------------------------------------------------------------------------

    def join(self, name: str) -> Party:
        """Register the calling thread, which runs."""
        party = self.expect(name, running=True)
        self.adopt(party)
        return party

    def expect(self, name: str, *, running: bool = False) -> Party:
        """Register a party whose thread will come later (`adopt`). Unless ``running`` it waits for its turn, now."""
        with self.mutex:
            party = Party(name)
            self.all.append(party)
            self.running += 1
            if not running:
                self.stop(party, self.clock.now_ns, self.clock.next_order(), lambda: None)
        return party

    def adopt(self, party: Party) -> None:
        """The calling thread is this party from now on."""
        party.native_id, party.ident = _native_id(), threading.get_ident()
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
                self.silent.discard(party)
                if party.running:
                    self.running -= 1
                if not self.running:
                    self.ask()
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

    def listens(self) -> bool:
        """True when somebody waits for others to connect, or has waited for that when nothing could go on."""
        return any(party.listens for party in self.all)

    def stuck_but(self, party: Party) -> bool:
        """True when there are other parties, and all of them wait for what only ``party`` could bring about."""
        with self.mutex:
            if self.partner is not None and self.partner.may_act():
                return False
            self.ask()
            others = [other for other in self.all if other is not party]
            return bool(others) and all(
                not other.running and other.deadline is None and other.waits not in FROM_OUTSIDE for other in others
            )

    def somebody_due(self, but: Party) -> bool:
        """True when another party runs its turn or could have one at this instant."""
        with self.mutex:
            self.ask()
            return any(
                party is not but and ((party.running and not party.stalled) or self.due(party)) for party in self.all
            )

    def due(self, party: Party) -> bool:
        """True while ``party`` waits for nothing but its turn at this instant; the caller holds the mutex."""
        return not party.running and party.deadline is not None and party.deadline <= self.clock.now_ns

    # Running and waiting: the caller of these two holds the mutex -------------------------------------------

    def go_on(self, party: Party) -> None:
        """The party runs again."""
        if not party.running:
            self.running += 1
        party.begin()
        self.silent.clear()  # whoever runs may send something

    def stop(
        self, party: Party, deadline: int | None, order: int, wake: Callable[[], None], waits: Waits = Waits.HERE
    ) -> None:
        """The party waits from now on."""
        if party.running:
            self.running -= 1
        party.pause(deadline, order, wake, waits)

    # Waiting -------------------------------------------------------------------------------------------------

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
        waiter = waiter or self.waiter(party)
        with self.mutex:
            if not waiter.over:
                self.stop(party, deadline, self.clock.next_order(), waiter.finish)
                self.settle()
        return self.await_turn(party, waiter)

    def waiter(self, party: Party) -> Waiter:
        """A wait of this party that others can end."""
        return Waiter(party, self._release, self.go_on)

    def _release(self, waiter: Waiter) -> None:
        with self.mutex:
            if waiter.over or waiter.notified:
                raise RuntimeError("this wait is over")
            waiter.notified = True
            if waiter.party.running:  # it has not begun to wait
                waiter.finish()
            else:
                self.rouse(waiter.party)

    def await_turn(self, party: Party, waiter: Waiter) -> bool:
        """Block the calling thread until ``waiter`` is over; see `wait` for what comes back."""
        try:
            while not waiter.lock.acquire(timeout=PATIENCE):
                with self.mutex:
                    if not waiter.over:
                        self.tick()
        except BaseException:  # out of a signal handler
            self.break_off(waiter)
            raise
        self.told(party)
        return waiter.notified

    def break_off(self, waiter: Waiter) -> None:
        """The waiting thread goes on at once, with an exception."""
        with self.mutex:
            self._catch_up()
            waiter.over = True
            self.go_on(waiter.party)

    def told(self, party: Party) -> None:
        """A wait is over. Raises `Stuck` when it is over only because nothing could end it."""
        if party.deadlocked:
            party.deadlocked = False
            raise Stuck

    def set_back(self, party: Party, deadline: int, order: int) -> None:
        """What ``party`` waits for comes at ``deadline``, in that place of the order; the caller holds the mutex."""
        if party.deadline is None or (deadline, order) < (party.deadline, party.order):
            party.deadline, party.order = deadline, order

    def rouse(self, party: Party) -> None:
        """What ``party`` waits for has happened: it takes its turn at this instant, after those who came before.

        It does not go on at once, beside whoever roused it: of two threads that run at the same time, chance would
        decide which is the first to do the next thing. The caller holds the mutex.
        """
        self._put_in_line(party)
        self.settle()

    def _put_in_line(self, party: Party) -> None:
        if party.deadline is None or party.deadline > self.clock.now_ns:
            party.deadline = self.clock.now_ns
            party.order = self.clock.next_order()
        party.waits = Waits.HERE

    def ask(self) -> bool:
        """Rouse those whose descriptors have something, who has waited longest first; True when there was somebody.

        The system would wake all of them at once, at a moment of its own. Only here, between two turns, does what has
        arrived count. The caller holds the mutex, and may have to `settle`.
        """
        ready = [party for party in self.all if party.ready is not None and not self.due(party) and party.ready()]
        for party in sorted(ready, key=lambda party: party.began):
            self._put_in_line(party)
        return bool(ready)

    def let_go(self) -> None:
        """Wake everybody: the interpreter ends, and joins its threads in real time."""
        with self.mutex:
            for party in self.all:
                if not party.running:
                    self._wake(party)

    # Who goes next -------------------------------------------------------------------------------------------

    def settle(self) -> None:
        """If every party waits, let the next one go on; the caller holds the mutex."""
        if self.running or not self.all:
            return
        self._still_since = None
        self._go(force=False)

    def _go(self, *, force: bool) -> None:
        while True:
            self.ask()
            due = [party for party in self.all if not party.running and party.deadline is not None]
            first = min(due, key=Party.turn, default=None)
            if first is not None and self.due(first):
                return self._wake(first)
            self._held_since = real_perf_counter() if not force and self._held() else None
            if self._held_since is not None:
                return None
            deadline, order = (None, 0) if first is None else (first.deadline, first.order)
            if self.partner is None or (deadline is not None and self.partner.may_jump(deadline, order)):
                break
            instant = self.partner.exchange(deadline, order)
            if instant is None:
                break
            self.clock.jump(instant)
        if first is not None and deadline is not None:
            self.clock.jump(deadline)
            self._wake(first)
        elif not force and not any(may_be_called(each, self.all, closed_world=self.closed_world) for each in self.all):
            stuck = next((party for party in self.all if party.loop is not None), self.all[0])
            stuck.deadlocked = True
            self._wake(stuck)
        return None

    def _catch_up(self) -> None:
        """If the clock stood still for what lives in real time: as much has passed as really has, to a hundredth."""
        if self._held_since is None or self.running or self.partner is not None:
            return
        passed = round((real_perf_counter() - self._held_since) * 100) * 10_000_000
        deadlines = [party.deadline for party in self.all if party.deadline is not None]
        self.clock.jump(min([self.clock.now_ns + passed, *deadlines]))

    def _held(self) -> bool:
        """True while the clock must not move: somebody waits for real time, or what lives there may end any wait."""
        waiting = any(holds(party, self.all, self.silent) for party in self.all if not party.running)
        return waiting or self.outside.works()

    def _wake(self, party: Party) -> None:
        wake = party.wake
        self.go_on(party)
        wake()

    # What does not follow the protocol -----------------------------------------------------------------------

    def hears(self, party: Party) -> bool:
        """True while ``party`` waits for traffic that may be on its way."""
        return party.waits is Waits.TRAFFIC and party not in self.silent

    def fall_silent(self, party: Party) -> None:
        """No traffic is on its way to ``party``; the clock may move. The caller holds the mutex."""
        self.silent.add(party)
        self.settle()

    def look_after(self, party: Party) -> None:
        """Called now and then by a party that waits: see to those that do not tell. The caller holds the mutex."""
        if party.waits in STILL and party not in self.silent and not self.running:
            self._pass_real_time()
        else:
            self.tick()

    def tick(self) -> None:
        """Look after threads that do not follow the protocol, about every `PATIENCE` real seconds."""
        for other in [other for other in self.all if other.thread is not None and not other.thread.is_alive()]:
            self.leave(other)
        for other in self.all:
            if other.running and not other.stalled:
                other.stalled = other.liveness.stalled(other.native_id, other.since)
        if all(other.stalled for other in self.all if other.running):
            self.ask()
            runs = [each for each in self.all if each.running]
            spins = self.clock.creeps and runs and all([each.spins() for each in runs])
            if due := [other for other in self.all if self.due(other)]:
                self._wake(min(due, key=Party.turn))
            elif spins and not self._held() and any(party.deadline is not None for party in self.all):
                self._go(force=False)  # those that spin wait for what the others will do
            elif not spins and any([each.liveness.computes(each.native_id) for each in runs]):
                self._still_since = None
            elif self._held_since is not None and not self.running and not self._held():
                self._go(force=False)
            else:
                self._pass_real_time()

    def _pass_real_time(self) -> None:
        """The clock is held from outside: go on once as much real time has passed as lies before the next deadline."""
        now = real_perf_counter()
        if self._still_since is None:
            self._still_since = now
        left = [party.deadline for party in self.all if not party.running and party.deadline is not None]
        if self.partner is not None and (theirs := self.partner.next_instant()) is not None:
            left.append(theirs)
        if left and (now - self._still_since) * 1e9 >= min(left) - self.clock.now_ns:
            self._still_since = None
            self._go(force=True)
