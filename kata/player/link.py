"""The player's end of the wire to the world: what it reports, and what it is told to do.

The loop's thread and all others of the played process wait on one scheduler. When all of them rest, the scheduler asks
here before it moves the clock: what has happened is reported, and the answer says how late it is.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol

from kata.contract import channels, messages
from kata.contract.channels import Channel
from kata.contract.messages import Answered, Ask, Began, Dropped, Ended, Go, How, Outcome, Over, Printed, Stop, Work
from kata.contract.run import Line, Told
from kata.virtualtime import Scheduler
from kata.virtualtime.clock import ROOM

__all__ = ["Link", "Pending", "TooEarly", "WorldGone"]

TURNS = 100
"""Turns of the loop at one instant after which the world hears of what happened although nobody rests."""

Event = Began | Dropped | Ended | Answered | Printed


class WorldGone(BaseException):
    """Nobody is there any more who could tell the time; the process ends."""


class TooEarly(BaseException):
    """The submission waits for time to pass while it is being loaded, and a drive waits for its functions."""


class Pending(Protocol):
    """A call whose outcome is awaited."""

    def settle(self, how: How, value: Any, instant: int, order: int) -> None:
        """The outcome is there; whoever waits goes on at ``instant``, in that place of the order."""


class Worker(Protocol):
    """Who does what the world asks for, each thing at an instant and in a place of its order."""

    def work(self, work: Work, instant: int, place: int) -> None:
        """Begin a piece of work."""

    def stop(self, work: int, instant: int, place: int) -> None:
        """Cancel it."""

    def ask(self, ask: Ask, instant: int, place: int) -> None:
        """Answer a question, on the thread of the submission's loop."""

    def over(self, instant: int, place: int) -> None:
        """The drive has ended."""


class Link:
    """The wire, for one play.

    Args:
        channel: to the world.
        scheduler: whose clock the world moves.
    """

    def __init__(self, channel: Channel, scheduler: Scheduler) -> None:
        self._channel = channel
        self.scheduler = scheduler
        self._worker: Worker | None = None
        self._events: list[Event] = []
        self._pending: dict[int, Pending] = {}
        self._calls = 0
        self._horizon: int | None = 0
        self._turns = 0
        self.sending = False
        self.then: Callable[[], None] | None = None
        """What to do once the message has gone that is being sent: what comes in between would break it in two."""

    def employ(self, worker: Worker) -> None:
        """From now on this one does what a drive asks for."""
        self._worker = worker

    def event(self, event: Event) -> None:
        """Something happened that the world must hear of before time goes on."""
        self._events.append(event)

    def line(self, line: Line) -> None:
        """A line was printed. The world need not hear of it before time goes on."""
        self._events.append(Printed(line))

    def began(
        self, target: int, args: list[Any], kwargs: dict[str, Any], pending: Pending, **about: Any
    ) -> tuple[int, int]:
        """The submission calls an object of the world's; gives the call's number and its place in the order."""
        with self.scheduler.mutex:
            self._calls += 1
            number, order = self._calls, self.scheduler.clock.next_order()
            self._pending[number] = pending
            self._events.append(Began(number, target, args, kwargs, order, **about))
        return number, order

    def dropped(self, call: int) -> None:
        """Nobody awaits that call any more."""
        with self.scheduler.mutex:
            if self._pending.pop(call, None) is not None:
                self._events.append(Dropped(call))

    def cancelled(self, call: int) -> None:
        """Whoever awaits that call was cancelled, and waits for what becomes of it."""
        with self.scheduler.mutex:
            if call in self._pending:
                self._events.append(Dropped(call))

    # The scheduler's partner: the mutex is held -------------------------------------------------------------

    def may_jump(self, to: int, order: int) -> bool:
        """True when nothing of the world's happens before ``to``, and there is nothing that it must hear of first."""
        if self._horizon is not None and to >= self._horizon:
            return False
        return all(type(event) is Printed for event in self._events) and len(self._events) < 1000

    def next_instant(self) -> int | None:
        """The world's next deadline."""
        return self._horizon

    def overdue(self) -> bool:
        """Asked in each turn of the loop: True when something was to be told for so many that it must not wait for a
        rest, which may never come while somebody looks again and again."""
        if all(type(event) is Printed for event in self._events):
            self._turns = 0
            return False
        self._turns += 1
        return self._turns > TURNS

    def may_act(self) -> bool:
        """True while a call has no outcome, or the world has a deadline."""
        return bool(self._pending or self._events) or self._horizon is not None

    def exchange(self, deadline: int | None, order: int) -> int | None:
        """Report, and do what the world says.

        Args:
            deadline: the instant at which the player goes on by itself.
            order: the place of that among all that happens then.

        Returns:
            How late it is; None when nothing can happen any more.
        """
        events, self._events = self._events, []
        self._turns = 0
        clock = self.scheduler.clock
        later = None if deadline is None else messages.packed(deadline)
        now, latest = messages.packed(clock.now_ns), clock.next_order()
        self._send(messages.write(messages.Report(now, later, events, order, latest)))
        go = self._receive()
        instant = messages.instant(go.now)
        clock.follow(go.latest)
        self._horizon = None if go.horizon is None else messages.instant(go.horizon)
        for number, each in enumerate(go.orders, 1):
            # An order comes right after the timer that brought it about; one that a timer did not, after all others.
            self._obey(each, instant, clock.next_order() if go.place is None else go.place + min(number, ROOM - 1))
        return None if go.stuck else instant

    def _obey(self, order: Outcome | Work | Stop | Ask | Over, now: int, place: int) -> None:
        if isinstance(order, Outcome):
            pending = self._pending.pop(order.call, None)
            if pending is not None:
                pending.settle(order.how, order.value, now, place if order.order is None else order.order)
        elif self._worker is None:
            raise TooEarly
        elif isinstance(order, Work):
            self._worker.work(order, now, place)
        elif isinstance(order, Stop):
            self._worker.stop(order.work, now, place)
        elif isinstance(order, Over):
            self._worker.over(now, place)
        else:
            self._worker.ask(order, now, place)

    # The wire ------------------------------------------------------------------------------------------------

    def finish(self, told: Told, *, again: bool) -> None:
        """Send the last report of the play."""
        events, self._events = self._events, []
        now = messages.packed(self.scheduler.clock.now_ns)
        self._send(messages.write(messages.Finished(now, events, told, again)))

    def _send(self, data: bytes) -> None:
        self.sending = True
        try:
            channels.send(self._channel, data)
        finally:
            self.sending = False
            if self.then is not None:
                self.then()

    def _receive(self) -> Go:
        data = channels.receive(self._channel)
        if data is None:
            raise WorldGone
        go = messages.read_order(data)
        if not isinstance(go, Go):
            raise WorldGone
        return go
