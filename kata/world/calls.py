"""What the submission calls in the world: the fakes of a request, and the functions and objects of a drive."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any, NamedTuple

from kata.contract.messages import Began, How, Outcome
from kata.contract.texts import message_of
from kata.contract.values import Failure, PlainValueError, from_wire, to_wire
from kata.virtualtime import Scheduler, VirtualLoop
from kata.virtualtime.timer import VirtualTimer
from kata.world.crossing import Crossing, Fake
from kata.world.record import Noted, Record
from kata.world.remote import error_of, failure_of
from kata.world.services import Service, made

__all__ = ["Calls"]

MAX_CALLS = 200_000
"""Calls of one play; one that makes more is taken for one that does not end."""

MAX_AT_ONCE = 20_000
"""Calls that are under way at once."""

MAX_THREADS = 256
"""Threads of a played process that stand still in a function of a drive."""

_Arrived = tuple[Began, Any, list[Any], dict[str, Any]]
"""A call of a function of a drive: what arrived, the function, and the arguments as they were then."""


class _Answering(NamedTuple):
    """A call of a fake that has not been answered."""

    began: Began
    service: Service
    noted: Noted
    timer: VirtualTimer | None
    """When it is; None when never."""


class Calls:
    """All calls of one play.

    Args:
        loop: the world's.
        scheduler: on whose clock threads of the world live.
        record: notes the calls of fakes.
        crossing: knows who is meant, and reads and writes values.
        orders: what the player is told.
    """

    def __init__(
        self, loop: VirtualLoop, scheduler: Scheduler, record: Record, crossing: Crossing, orders: list[Any]
    ) -> None:
        self._loop = loop
        self._scheduler = scheduler
        self._record = record
        self._crossing = crossing
        self._orders = orders
        self._answering: dict[int, _Answering] = {}
        self._running: dict[int, asyncio.Task[None]] = {}
        self._nested = 0
        self._waiting: list[_Arrived] = []
        self._last = 0
        """The number of the newest call."""
        self._threads = 0
        self._serving = threading.local()

    @property
    def under_way(self) -> bool:
        """True while a call has not been answered."""
        return bool(self._answering or self._running)

    @property
    def served(self) -> int:
        """The call of a thread of the player's for which the calling thread works; 0 for none."""
        return getattr(self._serving, "call", 0)

    # The fakes of a request ----------------------------------------------------------------------------------

    def _fake(self, wire: list[Any]) -> Fake:
        service = made(wire[1], dict(wire[2]))
        self._record.exists(service.name)
        kind = "blocking" if service.kind == "BlockingService" else "service"

        async def call(*args: Any, **kwargs: Any) -> Any:
            return await self._called_by_a_drive(service, args, kwargs)

        def block(*args: Any, **kwargs: Any) -> Any:
            return self._blocked_by_a_drive(service, args, kwargs)

        fake = Fake(0, service.name, kind, block if kind == "blocking" else call)
        fake.service = service
        fake.number = self._crossing.number(fake)
        return fake

    def replaced(self, value: Any) -> Any:
        """A wire value of a request, with each fake in it replaced by a reference to it."""
        if type(value) is not list or not value:
            return value
        if value[0] == "fake" and value[1] != "Error":
            return self._crossing.to_player(self._fake(value))
        if value[0] in ("fake", "error"):
            return value
        return [self.replaced(item) for item in value]

    def for_a_drive(self, value: Any) -> Any:
        """The object that a wire value of a request is for a drive."""
        if type(value) is not list:
            return value
        tag, *rest = value
        if tag == "fake" and rest[0] != "Error":
            return self._fake(value)
        if tag == "fake":
            fields = dict(rest[1])
            return self._error([fields["type"], [fields["message"]]])
        if tag == "error":
            return self._error(rest)
        if tag in ("list", "tuple", "set", "frozenset"):
            return {"list": list, "tuple": tuple, "set": set, "frozenset": frozenset}[tag](
                self.for_a_drive(item) for item in rest[0]
            )
        if tag == "dict":
            return {self.for_a_drive(key): self.for_a_drive(item) for key, item in rest[0]}
        return from_wire(value)

    def _error(self, rest: list[Any]) -> BaseException:
        args = [self.for_a_drive(arg) for arg in rest[1]]
        made = error_of(Failure(rest[0], str(args[0]) if len(args) == 1 else ""), args)
        del made.__dict__["_failure"]
        return made

    async def _called_by_a_drive(self, service: Service, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        call = self._record.began(service.name, self._began(args, kwargs))
        try:
            await asyncio.sleep(service.latency(call.args))
        except BaseException:
            self._record.ended(call, "cancelled")
            raise
        return self._answered(service, call, args)

    def _blocked_by_a_drive(self, service: Service, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        call = self._record.began(service.name, self._began(args, kwargs))
        time.sleep(service.latency(call.args))
        return self._answered(service, call, args)

    def _began(self, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Began:
        wired = [to_wire(arg, failure_of) for arg in args]
        return Began(0, 0, wired, {key: to_wire(value, failure_of) for key, value in kwargs.items()}, 0)

    def _answered(self, service: Service, call: Noted, args: tuple[Any, ...]) -> Any:
        how, wire = service.answer(call.args, [to_wire(arg, failure_of) for arg in args])
        self._record.ended(call, how)
        value = self.for_a_drive(wire)
        if how == "raised":
            raise value
        return value

    # What the player reports ---------------------------------------------------------------------------------

    def began(self, began: Began) -> None:
        """A call began.

        Raises:
            PlainValueError: it is none that a player of ours makes.
        """
        self._last += 1
        if began.call != self._last:
            raise PlainValueError("its calls are not numbered one by one")
        if self._last > MAX_CALLS or len(self._answering) + len(self._running) > MAX_AT_ONCE:
            raise PlainValueError("more calls than a play can make")
        try:
            target = self._crossing.target(began.target)
        except KeyError:
            raise PlainValueError("it calls what nobody gave it") from None
        if isinstance(target, Fake):
            self._of_a_service(target.service, began)
            return
        if not callable(target):
            raise PlainValueError("it calls what cannot be called")
        read = self._crossing.from_player
        arrived = began, target, [*map(read, began.args)], {key: read(value) for key, value in began.kwargs.items()}
        if not began.blocking:
            self._loop.call_soon(self._spawn, arrived)
        elif began.thread:
            self._threads += 1
            if self._threads > MAX_THREADS:
                raise PlainValueError("more threads than a play can have")
            threading.Thread(target=self._in_a_thread, args=(arrived,)).start()
        elif self._nested:
            self._waiting.append(arrived)
        else:
            self._loop.call_soon(self._run, arrived)

    def dropped(self, call: int) -> None:
        """Whoever awaited a call does not any more.

        Raises:
            PlainValueError: there was no such call.
        """
        if not 0 < call <= self._last:
            raise PlainValueError("it drops a call that it never made")
        given_up = self._answering.pop(call, None)
        if given_up is not None:
            self._record.ended(given_up.noted, "cancelled")
            if given_up.timer is not None:
                given_up.timer.cancel()
        task = self._running.get(call)
        if task is not None and task.cancelling():  # one after the other, as on one event loop
            self._loop.call_soon(task.cancel)
        elif task is not None:
            task.cancel()

    def _of_a_service(self, service: Service, began: Began) -> None:
        call = self._record.began(service.name, began)
        seconds = service.latency(call.args)
        timer = None
        if seconds == seconds and seconds != float("inf"):
            deadline = self._scheduler.clock.now_ns + max(round(seconds * 1e9), 0)
            timer = self._loop.call_in_order(deadline, began.order, self._answer, began.call)
        self._answering[began.call] = _Answering(began, service, call, timer)

    def _answer(self, number: int) -> None:
        due = self._answering.pop(number, None)
        if due is not None:
            how, value = due.service.answer(due.noted.args, due.began.args)
            self._record.ended(due.noted, how)
            self._orders.append(Outcome(number, how, value, due.began.order))

    def next_of_a_thread(self) -> tuple[int, int] | None:
        """When, and in which place of the order, a thread of the player's that stands still in a fake goes on next."""
        timers = [each.timer for each in self._answering.values() if each.began.blocking and each.timer is not None]
        return min(((timer.ns, timer.order) for timer in timers), default=None)

    def answer_threads(self) -> None:
        """While the world's loop is held up: answer those that are due now."""
        for number, each in list(self._answering.items()):
            timer = each.timer
            if each.began.blocking and timer is not None and timer.ns <= self._scheduler.clock.now_ns:
                timer.cancel()
                self._answer(number)

    # Functions of a drive ------------------------------------------------------------------------------------

    @contextmanager
    def at_once(self) -> Iterator[None]:
        """While the world asks: plain functions that are called meanwhile run within, not in the next turn."""
        self._nested += 1
        try:
            yield
        finally:
            self._nested -= 1

    def run_at_once(self) -> None:
        """Run the plain functions that were called."""
        while self._waiting:
            self._run(self._waiting.pop(0))

    def _run(self, arrived: _Arrived) -> None:
        began, target, args, kwargs = arrived
        try:
            self._outcome(began, "returned", target(*args, **kwargs))
        except BaseException as error:  # it is for whoever called
            self._outcome(began, "raised", error)

    def _in_a_thread(self, arrived: _Arrived) -> None:
        began, target, args, kwargs = arrived
        how: How = "returned"
        self._serving.call = began.call
        try:
            value = target(*args, **kwargs)
        except BaseException as error:
            how, value = "raised", error
        with suppress(RuntimeError):  # the play is over, and its loop closed
            self._loop.call_soon_threadsafe(self._outcome_of_a_thread, began, how, value)

    def _outcome_of_a_thread(self, began: Began, how: How, value: Any) -> None:
        self._threads -= 1
        self._outcome(began, how, value)

    def _spawn(self, arrived: _Arrived) -> None:
        call = arrived[0].call
        task = self._loop.create_task(self._await(arrived))
        self._running[call] = task
        task.add_done_callback(lambda _: self._running.pop(call, None))

    async def _await(self, arrived: _Arrived) -> None:
        began, target, args, kwargs = arrived
        try:
            self._outcome(began, "returned", await target(*args, **kwargs))
        except asyncio.CancelledError:
            self._outcome(began, "cancelled", None)
        except Exception as error:
            self._outcome(began, "raised", error)

    def _outcome(self, began: Began, how: How, value: Any) -> None:
        try:
            wire = self._crossing.to_player(value)
        except Exception as error:
            how, wire = "raised", self._crossing.to_player(TypeError(message_of(error)))
        self._orders.append(Outcome(began.call, how, wire))
