"""VirtualLoop: asyncio's own selector loop, on a virtual clock.

Time is replaced, scheduling is not: ``_run_once`` is the stock one. When nothing is ready the loop asks the
scheduler of its clock for the next deadline and jumps there instead of sleeping.
"""

from __future__ import annotations

import asyncio
import heapq
import weakref
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextvars import Context
from functools import partial
from typing import Any

from kata.virtualtime import external, own_frames, time_patches
from kata.virtualtime.active import active_scheduler
from kata.virtualtime.arrivals import await_arrivals
from kata.virtualtime.clock import BILLION, NEVER, Clock, to_ns
from kata.virtualtime.deadlock import DeadlockError
from kata.virtualtime.external import Source
from kata.virtualtime.party import Party, Stuck, Waiter, Waits
from kata.virtualtime.scheduler import Scheduler
from kata.virtualtime.selector import Selector
from kata.virtualtime.timer import VirtualTimer

__all__ = ["VirtualLoop"]

SLACK = 0.03
"""Real seconds."""

WORKERS = 32
"""Threads of the default executor: the most that the stock loop ever starts."""


class VirtualLoop(asyncio.SelectorEventLoop):
    """An event loop on virtual time: ``asyncio.Runner(loop_factory=VirtualLoop)``.

    >>> import asyncio
    >>> async def main():
    ...     await asyncio.gather(asyncio.sleep(3600), asyncio.sleep(60))
    ...     return asyncio.get_running_loop().time()
    >>> with asyncio.Runner(loop_factory=VirtualLoop) as runner:
    ...     runner.run(main())
    3600.0

    `asyncio.sleep(3600)` takes no real time and exactly 3600 virtual seconds. Equal deadlines fire in the order in
    which they were scheduled. While the loop runs, `time.monotonic`, `time.sleep`, `datetime.now` and their kin
    follow the same clock in the whole process. Loops that run inside one another share it.

    Sockets, subprocesses and signals work in real time: while one is pending, virtual time passes no faster than
    real time. When nothing is left that could ever wake the loop, `DeadlockError` is raised out of
    `run_until_complete` at once. A loop that runs in another thread, started by a main thread that no clock rules,
    waits instead: it may be called from there at any moment.

    Args:
        clock: the clock to live on; by default the active one, else a new one that starts at 0.
    """

    def __init__(self, clock: Clock | None = None) -> None:
        self.scheduler = Scheduler.of(clock) if clock is not None else active_scheduler() or Scheduler()
        self.clock = self.scheduler.clock
        self.selector = Selector()
        self.at_rest = True
        self._party: Party | None = None
        self._idling = False
        self._processes: weakref.WeakSet[asyncio.SubprocessTransport] = weakref.WeakSet()
        self._processes_made = 0
        self._foreign: weakref.WeakSet[asyncio.Future[Any]] = weakref.WeakSet()
        self._works_outside = False
        """True once the loop had a subprocess, foreign executor or closing pool: then it looks more closely."""
        self._closing_pool = False
        super().__init__(self.selector)
        self.selector.loop = self
        self._born_ns = self.clock.now_ns
        time_patches.install()

    @property
    def elapsed(self) -> float:
        """Virtual seconds since the loop was made, exact to the nanosecond."""
        return (self.clock.now_ns - self._born_ns) / BILLION

    # Time ----------------------------------------------------------------------------------------------------

    @property
    def _clock_resolution(self) -> float:
        return self.clock.resolution

    @_clock_resolution.setter
    def _clock_resolution(self, _: float) -> None:
        """The stock loop sets that of the real clock."""

    def time(self) -> float:
        """Virtual seconds on the loop's clock."""
        return self.clock.seconds

    def call_later(  # type: ignore[override]
        self, delay: float, callback: Callable[..., object], *args: Any, context: Context | None = None
    ) -> asyncio.TimerHandle:
        """Call ``callback`` after ``delay`` virtual seconds, rounded to whole nanoseconds."""
        if type(delay) is not float and not isinstance(delay, int | float):
            return super().call_later(delay, callback, *args, context=context)  # which refuses what is no number
        clock = self.clock
        length = to_ns(delay)
        if length == 0 and delay > 0:
            clock.nudge_float(clock.seconds + delay)
        return self._at(clock.now_ns + length, callback, args, context, "call_later")

    def call_at(  # type: ignore[override]
        self, when: float, callback: Callable[..., object], *args: Any, context: Context | None = None
    ) -> asyncio.TimerHandle:
        """Call ``callback`` when ``time()`` is ``when``, rounded to whole nanoseconds."""
        if when is None:
            return super().call_at(when, callback, *args, context=context)  # which refuses it
        if type(when) is not float and not isinstance(when, int):
            when = 0.0 + when
        clock = self.clock
        ns = clock.deadline(when)
        if when > clock.seconds and ns <= clock.now_ns:
            clock.nudge_float(when)
        return self._at(ns, callback, args, context, "call_at")

    def call_in_order(self, ns: int, order: int, callback: Callable[..., object], *args: Any) -> VirtualTimer:
        """Call ``callback`` at the instant ``ns``, before the timers of that instant that were set after ``order``.

        For what somebody else who shares the clock brings about; the scheduler's mutex is held, and nothing runs.
        """
        timer = self._at(ns, callback, args, None, "call_in_order", order)
        if self._idling and self._party is not None:  # a thread that stands still in a call goes on when that is over
            self.scheduler.set_back(self._party, ns, order)
        return timer

    def take_a_turn(self) -> None:
        """Do not wait any longer, at this instant; the scheduler's mutex is held, and nothing runs."""
        if self._idling and self._party is not None:
            self.scheduler.set_back(self._party, self.clock.now_ns, self.clock.next_order())

    def _at(
        self,
        ns: int,
        callback: Callable[..., object],
        args: tuple[Any, ...],
        context: Context | None,
        method: str,
        order: int | None = None,
        timer_class: type[VirtualTimer] = VirtualTimer,
    ) -> VirtualTimer:
        if self._closed:  # type: ignore[attr-defined]
            self._check_closed()  # type: ignore[attr-defined]
        if self._debug:  # type: ignore[attr-defined]
            self._check_thread()  # type: ignore[attr-defined]
            self._check_callback(callback, method)  # type: ignore[attr-defined]
        never = ns >= NEVER
        timer = timer_class(float("inf") if never else ns / BILLION, callback, args, self, context)
        if timer._source_traceback:  # type: ignore[attr-defined]
            own_frames.forget(timer._source_traceback)  # type: ignore[attr-defined]
        timer.ns = ns
        timer.order = self.clock.next_order() if order is None else order
        if not never:
            heapq.heappush(self._scheduled, timer)  # type: ignore[attr-defined]
            timer._scheduled = True  # type: ignore[attr-defined]
        return timer

    # Waiting -------------------------------------------------------------------------------------------------

    def idle(self) -> Any:
        """Nothing is ready: wait for the next deadline or event, whichever the clock or the world brings."""
        scheduled = self._scheduled  # type: ignore[attr-defined]
        partner = self.scheduler.partner
        if (
            not scheduled
            or len(self.scheduler.all) > 1
            or not self._alone()
            or (partner is not None and not partner.may_jump(scheduled[0].ns, scheduled[0].order))
        ):
            return self._idle_in_company(scheduled[0] if scheduled else None)
        self._jump(scheduled[0].ns)
        return ()

    def _jump(self, ns: int) -> None:
        self.clock.jump(ns)

    def _alone(self) -> bool:
        """True when it takes but a glance to see that nothing but a timer can wake the loop."""
        return not (
            self._works_outside
            or external.processes_started()
            or len(self.selector._fd_to_key) > 1  # type: ignore[attr-defined]
            or self._signal_handlers  # type: ignore[attr-defined]
            or external.process_pools()
            or external.alarm_set(self.scheduler.outside.alarms)
        )

    def _idle_in_company(self, timer: VirtualTimer | None) -> Any:
        party, scheduler = self._party, self.scheduler
        assert party is not None
        waits, since, began = self._waits_for(), self.clock.now_ns, time_patches.real_perf_counter()
        turn = scheduler.waiter(party)
        deadline, order = (timer.ns, timer.order) if timer is not None else (None, self.clock.next_order())
        with scheduler.mutex:
            if self._ready:  # type: ignore[attr-defined]  # a thread was quicker than our decision to wait
                return ()
            scheduler.stop(party, deadline, order, partial(self._end_wait, turn), waits)
            party.listen(self.selector.ready, order)
            self._idling = True
            scheduler.settle()
        try:
            await_arrivals(scheduler, turn, self.selector.real_select, self._waits_for)
            if waits is Waits.EXTERNAL and self.clock.creeps:
                self._pass_time(party, since, time_patches.real_perf_counter() - began, timer)
            scheduler.told(party)
        except Stuck:
            raise self.deadlock() from None
        finally:
            self._idling = False
        self._jump(self.clock.now_ns)
        return self.selector.real_select(0)

    def _end_wait(self, turn: Waiter) -> None:
        turn.finish()
        self._write_to_self()  # type: ignore[attr-defined]

    def _waits_for(self) -> Waits:
        """What could wake the loop, apart from its timers and the threads on its clock."""
        if self._closing_pool and not self._foreign and not self.processes_alive():
            return Waits.CLOSING  # a pool that closes waits for its threads, and they may sleep on the clock
        source = self.next_source()
        if source is Source.ELSEWHERE:
            return Waits.EXTERNAL
        if source is Source.NEARBY:
            return Waits.TRAFFIC
        return Waits.CALLERS if source is Source.LISTENING and not self.scheduler.closed_world else Waits.HERE

    def next_source(self) -> Source:
        """The farthest place from which this loop could be woken now."""
        if self.processes_alive() or self.foreign_work() or self.scheduler.outside.works():
            return Source.ELSEWHERE
        if self._signal_handlers and not self.scheduler.closed_world:  # type: ignore[attr-defined]
            return Source.ELSEWHERE
        own = self._ssock.fileno() if self._ssock is not None else -1
        watched = [fd for fd in list(self.selector.get_map()) if fd != own]
        # A transport that has stopped reading for a while is not watched, and still the other end of something.
        transports = self._transports  # type: ignore[attr-defined]
        paused = [fd for fd, transport in list(transports.items()) if fd not in watched and not transport.is_closing()]
        alone = self.scheduler.closed_world and not self.scheduler.outside.processes()
        return external.sockets(watched, paused, alone=alone)  # type: ignore[arg-type]

    def _pass_time(self, party: Party, since: int, seconds: float, timer: VirtualTimer | None) -> None:
        """As much time has passed as the loop really waited for a process, in whole tenths: starts differ by less.

        It began to wait a little after the process began, which makes up for `SLACK`.
        """
        passed = int((seconds + SLACK) * 10) * (BILLION // 10)
        with self.scheduler.mutex:
            others = [other for other in self.scheduler.all if other is not party]
            if not any(other.running for other in others):
                due = [other.deadline for other in others] + [None if timer is None else timer.ns]
                self.clock.jump(max(self.clock.now_ns, min([since + passed, *filter(None, due)])))

    def let_others_go(self) -> None:
        """Between two turns, threads whose turn it is at this instant go first."""
        party = self._party
        if party is not None and self.scheduler.somebody_due(party):
            try:
                self.scheduler.wait(party, self.clock.now_ns)
            except Stuck:  # pragma: no cover - a party with a deadline is never stuck
                raise self.deadlock() from None

    def deadlock(self, call: str = "") -> DeadlockError:
        """The report that nothing can wake this loop; ``call`` is the blocking call in which its thread stands."""
        current = asyncio.current_task(self) if call else None
        outside = (
            bool(self._signal_handlers)  # type: ignore[attr-defined]
            or external.listen(self.selector.get_map(), alone=self.scheduler.closed_world)
            or self.scheduler.listens()
        )
        return DeadlockError.of(self.clock.elapsed, asyncio.all_tasks(self), current, call, outside=outside)

    # Running -------------------------------------------------------------------------------------------------

    def run_forever(self) -> None:
        """Run until `stop`; the loop's clock rules the process meanwhile."""
        if self.is_running() or self.is_closed():
            return super().run_forever()  # which refuses it
        scheduler = self.scheduler
        known = scheduler.current()
        party = known or scheduler.join("loop")
        outer, party.loop = party.loop, self
        self._party, self.at_rest = party, False
        try:
            with scheduler.active():
                super().run_forever()
        finally:
            self.at_rest = True
            self._party, party.loop = None, outer
            if known is None:
                scheduler.leave(party, clock_stops=True)

    def call_soon_threadsafe(  # type: ignore[override]
        self, callback: Callable[..., object], *args: Any, context: Context | None = None
    ) -> asyncio.Handle:
        """Like `call_soon`, from any thread; the clock stands still until the loop has seen it."""
        with self.scheduler.mutex:
            handle = super().call_soon_threadsafe(callback, *args, context=context)
            if handle._source_traceback:  # type: ignore[attr-defined]
                own_frames.forget(handle._source_traceback)  # type: ignore[attr-defined]
            if self._idling and self._party is not None and not self._party.running:
                self.scheduler.rouse(self._party)
        return handle

    def _make_self_pipe(self) -> None:
        try:
            super()._make_self_pipe()  # type: ignore[misc]
        except OSError:  # a system without sockets, where nobody outside could wake the loop (WebAssembly)
            self._ssock = self._csock = None

    def _close_self_pipe(self) -> None:
        if self._ssock is not None:
            super()._close_self_pipe()

    # What lives in real time ---------------------------------------------------------------------------------

    def processes_alive(self) -> bool:
        """True while a subprocess of this loop is being made, or has not been waited for."""
        return self._processes_made > 0 or any(transport.get_returncode() is None for transport in self._processes)

    def foreign_work(self) -> bool:
        """True while something runs in an executor whose workers do not live on the clock."""
        return bool(self._foreign) or self._closing_pool

    async def _make_subprocess_transport(self, *args: Any, **kwargs: Any) -> Any:
        self._works_outside = True
        self._processes_made += 1
        try:  # when this is cancelled, asyncio ends the new process and waits for that
            transport = await super()._make_subprocess_transport(*args, **kwargs)  # type: ignore[misc]
        finally:
            self._processes_made -= 1
        self._processes.add(transport)
        return transport

    def run_in_executor(self, executor: Any, func: Callable[..., Any], *args: Any) -> asyncio.Future[Any]:  # type: ignore[override]
        """Run ``func`` in an executor; thread pools live on the clock, other executors in real time."""
        if executor is None and self._default_executor is None:  # type: ignore[has-type]
            # The stock size depends on the machine's cores, and with it how many threads wait at once.
            self._default_executor = ThreadPoolExecutor(WORKERS, thread_name_prefix="asyncio")
        future = super().run_in_executor(executor, func, *args)
        on_the_clock = executor is None or isinstance(executor, ThreadPoolExecutor)
        if not on_the_clock or active_scheduler() is None:  # before the loop runs, no clock rules the pool either
            self._works_outside = True
            self._foreign.add(future)
            future.add_done_callback(self._foreign.discard)
        return future

    async def shutdown_default_executor(self, *args: Any, **kwargs: Any) -> None:
        """Join the default pool's threads, which takes real time and no virtual time."""
        self._closing_pool = self._works_outside = True
        try:
            await super().shutdown_default_executor(*args, **kwargs)
        finally:
            self._closing_pool = False
