"""The world of one play: it owns the time, answers what the submission calls, and runs the drive of a hidden test.

It lives in a process that the submission cannot reach. What it sees decides points.
"""

from __future__ import annotations

import asyncio
import inspect
import threading
from collections.abc import Coroutine
from functools import partial
from typing import Any, Protocol

import msgspec

from kata.contract.messages import (
    Answered,
    Ask,
    Began,
    Broken,
    Dropped,
    Ended,
    Finished,
    Go,
    Over,
    Printed,
    Report,
    instant,
    packed,
)
from kata.contract.request import Request
from kata.contract.run import Line, Run, Told, Unfit
from kata.contract.values import PlainValueError
from kata.virtualtime import DeadlockError, Scheduler, stable_order
from kata.virtualtime.party import Waiter
from kata.virtualtime.thread_patches import wait_until
from kata.world import drives
from kata.world.calls import Calls
from kata.world.crossing import Crossing
from kata.world.loop import WorldLoop
from kata.world.record import Record
from kata.world.remote import Missing, failure_of
from kata.world.works import Works

__all__ = ["PlayerBroken", "PlayerGone", "Wire", "World"]


MAX_IDLE_WAKES = 100
"""Wake-ups for nothing that are counted. After that the player sleeps without asking, which costs less."""


class PlayerGone(Exception):
    """The played process does not answer any more, or not in a way that can be read; why is in the text."""


class PlayerBroken(Exception):
    """The player failed by its own fault; the text is its traceback."""


class Wire(Protocol):
    """The way to the played process."""

    def hear(self) -> Report | Finished | Broken:
        """What it says first, of its own accord. Raises as `ask`."""

    def ask(self, go: Go) -> Report | Finished | Broken:
        """Send this, and give what comes back.

        Raises:
            PlayerGone: nothing that can be read comes.
        """


class World:
    """One play, seen from outside.

    Args:
        request: what is played.
        wire: to the played process.
    """

    def __init__(self, request: Request, wire: Wire) -> None:
        self.request = request
        self.wire = wire
        self.scheduler = Scheduler(closed_world=True)
        self.scheduler.partner = self
        self.clock = self.scheduler.clock
        stable_order.start_over()
        self.loop = WorldLoop(self.clock)
        self.record = Record(self.clock)
        self.told: Told | None = None
        self.again = False
        self.orders: list[Any] = []
        """What the player is told with the next message."""
        self.crossing = Crossing(self)
        self.calls = Calls(self.loop, self.scheduler, self.record, self.crossing, self.orders)
        self.works = Works(self.loop, self.crossing, self.orders)
        self._theirs: int | None = 0
        """When the player goes on by itself,"""
        self._their_order = 0
        """and the place of that among all of its instant."""
        self._idle_wakes = 0
        self._place: int | None = None
        """The place of the timer that woke the world at this instant; None when the player did."""
        self._begun = False
        self._asks = 0
        self._asked: set[int] = set()
        self._answers: dict[int, tuple[Answered, Any]] = {}
        self._waiters: dict[int, Waiter] = {}
        """Threads that wait for answers."""
        self._end: PlayerGone | PlayerBroken | None = None
        """Why there is nobody to talk to any more; whoever catches it meets it again."""
        self._finished: asyncio.Future[None] = self.loop.create_future()

    def for_the_player(self) -> Request:
        """The request as the played process gets it: no fake and no drive is in it, but references to them."""
        request = self.request
        if request.action == "drive":
            return msgspec.structs.replace(request, args=[], kwargs={}, drive="")
        return msgspec.structs.replace(
            request,
            args=[self.calls.replaced(value) for value in request.args],
            kwargs={name: self.calls.replaced(value) for name, value in request.kwargs.items()},
        )

    def play(self) -> None:
        """Play it to its end.

        Raises:
            PlayerGone, PlayerBroken: see there. What was seen until then is in the record.
        """
        # What is left of a play that broke off speaks to nobody.
        self.loop.set_exception_handler(lambda loop, context: None)
        try:
            self.loop.run_until_complete(self._whole())
        except (SystemExit, KeyboardInterrupt) as error:  # of a task of the drive's; a loop lets these two through
            self.record.over("raised", msgspec.to_builtins(failure_of(error)))
        finally:
            self.scheduler.partner = None
            self.loop.close()
            self.scheduler.let_go()
        if self._end is not None:
            raise self._end

    async def _whole(self) -> None:
        driving = self.loop.create_task(self._drive()) if self.request.action == "drive" else None
        await self._finished
        if driving is not None:
            driving.cancel()

    async def _drive(self) -> None:
        request, read = self.request, self.calls.for_a_drive
        try:
            drive = drives.function(request.drive, request.name, self._print)
            args = [read(value) for value in request.args]
            kwargs = {name: read(value) for name, value in request.kwargs.items()}
            value = drive(drives.Submission(self, self._note), *args, **kwargs)
            if inspect.isawaitable(value):
                value = await value
        except Missing as missing:
            if self.told is not None:
                return
            self.record.run.unfit = missing.unfit
        except (PlayerGone, PlayerBroken):
            raise
        except BaseException as error:
            if self.told is not None:  # the player has ended its play before, and says why
                return
            self.record.over("raised", msgspec.to_builtins(failure_of(error)))
        else:
            self.record.over("returned", self.crossing.to_run(value))
        self.orders.append(Over())

    def _print(self, text: str) -> None:
        task = asyncio.current_task() if asyncio._get_running_loop() is not None else None
        name = task.get_name() if task is not None else None
        self.record.printed(Line(text, self.record.seconds(), name))

    def _note(self, value: Any) -> None:
        self.record.noted(self.crossing.to_run(value))

    def whole(self) -> Run:
        """The recording: what the world saw, and what the player told of itself."""
        run = self.record.whole()
        if self.told is not None:
            for name in Told.__struct_fields__:
                if name != "unfit" or run.unfit is None:
                    setattr(run, name, getattr(self.told, name))
            if run.deadlock is not None and run.error is not None and run.error.type == DeadlockError.__name__:
                run.error = None  # which says the same again
        return run

    # The scheduler's partner: both take turns until both are at rest; then time goes on ---------------------

    def may_jump(self, to: int, order: int) -> bool:
        """True when the player rests at least until then, and there is nothing to tell it."""
        told = self._begun and not self.orders
        first = told and (self._theirs is None or (to, order) < (self._theirs, self._their_order))
        if first:
            self._place = order
        return first

    def next_instant(self) -> int | None:
        """When the player goes on."""
        return self._theirs

    def overdue(self) -> bool:
        """False: the world rests by itself."""
        return False

    def may_act(self) -> bool:
        """True while the player plays."""
        return self.told is None

    def exchange(self, deadline: int | None, order: int) -> int | None:
        """The world rests until ``deadline``: let the player run.

        Raises:
            PlayerGone, PlayerBroken: see there.
        """
        try:
            self._turn(self.clock.now_ns, deadline, waits=not self.orders)
        except (PlayerGone, PlayerBroken):
            if threading.current_thread() is threading.main_thread():
                raise
            # A thread of the drive's met it first; the loop, which takes its turn now, meets it again.
        self.loop.take_a_turn()
        return self.clock.now_ns

    def _turn(self, now: int, horizon: int | None, *, waits: bool) -> None:
        """Send what there is to say, and take what comes. ``waits``: there is nothing to say, so time goes on."""
        if self._end is not None:
            raise self._end
        try:
            self._exchange(now, horizon, waits=waits)
        except (PlainValueError, msgspec.ValidationError) as error:
            self._end = PlayerGone(str(error))
            raise self._end from error
        except (PlayerGone, PlayerBroken) as error:
            self._end = error
            raise

    def _exchange(self, now: int, horizon: int | None, *, waits: bool) -> None:
        wakes = False
        if not self._begun:  # it plays as soon as it has the request, and stops before time goes on
            self._begun, horizon = True, now
            answer = self.wire.hear()
        else:
            stuck = waits and self._theirs is None  # neither of the two would ever go on
            if waits and self._theirs is not None:
                now = self._theirs
            wakes = waits and now > self.clock.now_ns
            if self._idle_wakes < MAX_IDLE_WAKES and (self.calls.under_way or horizon is not None):
                horizon = now  # each wake-up is seen
            orders = [*self.orders]
            self.orders.clear()
            later = None if horizon is None else packed(horizon)
            latest = self.clock.next_order()
            answer = self.wire.ask(Go(packed(now), later, orders, stuck, latest, self._place))
        if isinstance(answer, Broken):
            raise PlayerBroken(answer.trace)
        if self.told is not None:
            raise PlainValueError("it goes on after its end")
        at = instant(answer.now)
        if isinstance(answer, Finished):  # a limit may have been passed before it heard how late it is
            at = max(at, now)
        if at < now or (horizon is not None and at > horizon):
            raise PlainValueError("it says that it is another time")
        if answer.events or not waits:
            self._idle_wakes = 0
        elif wakes and self._idle_wakes < MAX_IDLE_WAKES:
            self._idle_wakes += 1
            self.record.run.idle_wakes = max(self.record.run.idle_wakes, self._idle_wakes)
        last = self.record.seconds()
        self.clock.jump(at)
        for event in _endings_first(answer.events):
            self._heard(event, last)
        if isinstance(answer, Finished):
            self.told, self.again, self._theirs = answer.told, answer.again, None
            if not self._finished.done():
                self.loop.call_soon(self._finished.set_result, None)
            return
        self._theirs = None if answer.deadline is None else max(instant(answer.deadline), at)
        self._their_order = answer.order
        self.clock.follow(answer.latest)
        self._place = None

    def _heard(self, event: Began | Dropped | Ended | Answered | Printed, last: float) -> None:
        if isinstance(event, Began):
            self.calls.began(event)
        elif isinstance(event, Dropped):
            self.calls.dropped(event.call)
        elif isinstance(event, Printed):
            # Between the report before and this one the time of a line is the player's word.
            at = min(max(event.line.at, last), self.record.seconds())
            self.record.printed(msgspec.structs.replace(event.line, at=at))
        elif isinstance(event, Answered):
            if event.ask not in self._asked:
                raise PlainValueError("it answers what nobody asked")
            self._asked.discard(event.ask)
            self._answers[event.ask] = event, self._read(event)
            waiter = self._waiters.pop(event.ask, None)
            if waiter is not None:
                self.scheduler.set_back(waiter.party, self.clock.now_ns, self.clock.next_order())
        elif event.work:
            self.works.ended(event.work, event.how, event.value)
        elif self.request.action != "drive":
            self.record.over(event.how, event.value)

    def _read(self, answer: Answered) -> Any:
        if answer.how == "unfit":
            return msgspec.convert(answer.value, Unfit, strict=True)
        value = self.crossing.from_player(answer.value)
        if answer.how == "raised" and not isinstance(value, BaseException):
            raise PlainValueError("it raised what is no exception")
        return value

    # What a drive asks ---------------------------------------------------------------------------------------

    def ask(self, target: int, name: str, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        """Look up a name of an object of the player's, or call it when the name is empty.

        The drive stands still meanwhile, and so does time, unless the player does something that takes some.

        Raises:
            Missing: the submission has no such name.
            BaseException: what it raised.
        """
        wired = [self.crossing.to_player(arg) for arg in args]
        named = {key: self.crossing.to_player(value) for key, value in kwargs.items()}
        with self.scheduler.mutex:
            self._asks += 1
            number = self._asks
            self.orders.append(Ask(number, target, name, wired, named, self.calls.served))
            self._asked.add(number)
        if threading.current_thread() is threading.main_thread():
            self._await_answer(number)
        else:
            wait_until(self.scheduler, None, "a call", partial(self._waiters.__setitem__, number))
        if number not in self._answers:
            raise asyncio.CancelledError("the play is over")
        answer, value = self._answers.pop(number)
        if answer.how == "unfit":
            self.record.run.unfit = value  # whoever catches the error
            raise Missing(value)
        if answer.how == "raised":
            raise value
        return value

    def _await_answer(self, number: int) -> None:
        """Exchange messages until the answer is there, or the play is over."""
        with self.calls.at_once():
            self._turn(self.clock.now_ns, self.clock.now_ns, waits=False)
            self.calls.run_at_once()
            while number not in self._answers and self.told is None:
                # A thread there stands still: the answer comes when time has gone on, which the drive does not see.
                if not self.orders:
                    due = self.calls.next_of_a_thread()
                    if due is None or (self._theirs is not None and (self._theirs, self._their_order) < due):
                        self._turn(self.clock.now_ns, self._theirs, waits=True)
                        self.calls.run_at_once()
                        continue
                    self.clock.jump(due[0])
                    self.calls.answer_threads()
                self._turn(self.clock.now_ns, self.clock.now_ns, waits=False)
                self.calls.run_at_once()

    def work(self, target: int, name: str) -> Coroutine[Any, Any, Any]:
        """Await an object of the player's, there. Who cancels this cancels that, and waits for its end."""
        return self.works.done(target, name)


def _endings_first(events: list[Any]) -> list[Any]:
    """What happened, with what ended before the calls that were dropped meanwhile: it did not wait for these."""
    ordered: list[Any] = []
    dropped: list[Any] = []
    for event in events:
        if isinstance(event, Dropped):
            dropped.append(event)
            continue
        if isinstance(event, Began):
            ordered += dropped
            dropped.clear()
        ordered.append(event)
    return ordered + dropped
