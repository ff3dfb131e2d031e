"""The world of one play: it owns the time, answers what the submission calls, and runs the drive of a hidden test.

It lives in a process that the submission cannot reach. What it sees decides points.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any, Protocol

import msgspec

from kata.contract.messages import (
    Answered,
    Began,
    Broken,
    Dropped,
    Ended,
    Finished,
    Go,
    Outcome,
    Printed,
    Report,
)
from kata.contract.request import Request
from kata.contract.run import Run, Told
from kata.contract.values import PlainValueError
from kata.virtualtime import Scheduler, VirtualLoop
from kata.world.record import Noted, Record
from kata.world.services import Service, made

__all__ = ["PlayerBroken", "PlayerGone", "Wire", "World"]


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
        wire: to the played process, which has been told the request.
    """

    def __init__(self, request: Request, wire: Wire) -> None:
        self.request = request
        self.wire = wire
        self.scheduler = Scheduler(closed_world=True)
        self.scheduler.partner = self
        self.clock = self.scheduler.clock
        self.record = Record(self.clock)
        self.told: Told | None = None
        self.again = False
        self._orders: list[Any] = []
        self._theirs: int | None = 0
        """When the player goes on by itself."""
        self._begun = False
        self._over = False
        self._calls: dict[int, tuple[Service, Noted, asyncio.TimerHandle | None]] = {}
        self._services: list[Service] = []
        self._loop: VirtualLoop | None = None
        self._finished: asyncio.Future[None] | None = None
        self._main: asyncio.Future[None] | None = None

    def replaced(self, value: Any) -> Any:
        """A wire value of the request, with each fake in it replaced by a reference to an object of the world's."""
        if type(value) is not list or not value:
            return value
        if value[0] == "fake" and value[1] != "Error":
            service = made(value[1], dict(value[2]))
            self._services.append(service)
            self.record.exists(service.name)
            kind = "blocking" if service.kind == "BlockingService" else "async"
            return ["world", len(self._services), service.name, kind]
        if value[0] in ("fake", "error"):
            return value
        return [self.replaced(item) for item in value]

    def play(self) -> None:
        """Play it to its end.

        Raises:
            PlayerGone, PlayerBroken: see there. What was seen until then is in the record.
        """
        with asyncio.Runner(loop_factory=self._new_loop) as runner:
            runner.run(self._whole())

    def _new_loop(self) -> VirtualLoop:
        return VirtualLoop(self.clock)

    async def _whole(self) -> None:
        self._loop = asyncio.get_running_loop()  # type: ignore[assignment]
        self._finished = asyncio.get_running_loop().create_future()
        await self._finished

    # The scheduler's partner: both take turns until both are at rest; then time goes on ---------------------

    def may_jump(self, to: int) -> bool:
        """True when the player rests at least until then, and there is nothing to tell it."""
        return self._begun and not self._orders and (self._theirs is None or to <= self._theirs)

    def next_instant(self) -> int | None:
        """When the player goes on."""
        return self._theirs

    def exchange(self, deadline: int | None) -> int | None:
        """The world rests until ``deadline``: let the player run.

        Raises:
            PlayerGone, PlayerBroken: see there.
        """
        now = self.clock.now_ns
        if not self._begun:  # it plays as soon as it has the request, and stops before time goes on
            self._begun = True
            horizon: int | None = now
            answer = self.wire.hear()
        else:
            stuck = not self._orders and self._theirs is None  # neither of the two would ever go on
            if not self._orders and self._theirs is not None:
                now = self._theirs
            orders, self._orders = self._orders, []
            horizon = deadline
            answer = self.wire.ask(Go(now, deadline, orders, stuck, self._over))
        if isinstance(answer, Broken):
            raise PlayerBroken(answer.trace)
        self._take(answer, now, horizon)
        return self.clock.now_ns

    def _take(self, answer: Report | Finished, now: int, horizon: int | None) -> None:
        if answer.now < now or (horizon is not None and answer.now > horizon):
            raise PlayerGone("it says that it is another time")
        last = self.record.seconds()
        self.clock.jump(answer.now)
        try:
            for event in answer.events:
                self._heard(event, last)
        except (PlainValueError, msgspec.ValidationError) as error:
            raise PlayerGone(str(error)) from error
        if isinstance(answer, Finished):
            self.told, self.again, self._theirs = answer.told, answer.again, None
            assert self._loop is not None and self._finished is not None
            self._soon(self._finished.set_result, None)
        else:
            self._theirs = answer.deadline

    def _heard(self, event: Began | Dropped | Ended | Answered | Printed, last: float) -> None:
        if isinstance(event, Began):
            self._call(event)
        elif isinstance(event, Dropped):
            _, call, timer = self._calls.pop(event.call, (None, None, None))
            if call is not None:
                self.record.ended(call, "cancelled")
                if timer is not None:
                    timer.cancel()
        elif isinstance(event, Printed):
            line = event.line
            if not last <= line.at <= self.record.seconds():
                raise PlayerGone("a line was printed at a moment that is not now")
            self.record.printed(line)
        elif isinstance(event, Ended) and event.work == 0:
            self.record.over(event.how, event.value)

    def _soon(self, callback: Callable[..., object], *args: Any) -> None:
        """Call it in the next turn of the world's loop, which rests at the moment."""
        assert self._loop is not None
        self._loop.call_in_order(self.clock.now_ns, self.clock.next_order(), callback, *args)

    # What the submission calls -------------------------------------------------------------------------------

    def _call(self, began: Began) -> None:
        assert self._loop is not None
        if not 0 < began.target <= len(self._services) or began.call in self._calls:
            raise PlayerGone("it calls what nobody gave it")
        service = self._services[began.target - 1]
        call = self.record.began(service.name, began)
        seconds = service.latency(call.args)
        timer = None
        if seconds == seconds and seconds != float("inf"):
            deadline = self.clock.now_ns + max(round(seconds * 1e9), 0)
            timer = self._loop.call_in_order(deadline, began.order, self._answer, began, service, call)
        self._calls[began.call] = (service, call, timer)

    def _answer(self, began: Began, service: Service, call: Noted) -> None:
        if self._calls.pop(began.call, None) is None:
            return
        how, value = service.answer(call.args, began.args)
        self.record.ended(call, how)
        self._orders.append(Outcome(began.call, how, value, began.order))

    def whole(self) -> Run:
        """The recording: what the world saw, and what the player told of itself."""
        run = self.record.whole()
        if self.told is not None:
            for name in Told.__struct_fields__:
                setattr(run, name, getattr(self.told, name))
        return run
