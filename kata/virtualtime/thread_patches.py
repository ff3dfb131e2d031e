"""Threads on virtual time: what `threading` and thread pools do while a clock is active.

Replaces, for the whole process and for good, `Thread.start`, `Thread.join`, `Condition.wait` and
`ThreadPoolExecutor.submit` by versions that tell the active clock who runs and who waits. Everything in the
standard library that waits in Python code (`Event`, `Queue`, `Semaphore`, `Barrier`, `Future.result`) is built on
these. Without an active clock they do what they always did.
"""

from __future__ import annotations

import sys
import threading
import time
import weakref
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from time import perf_counter as real_perf_counter
from types import FrameType
from typing import Any

from kata.virtualtime.active import active_scheduler, let_all_go
from kata.virtualtime.clock import Clock, to_ns
from kata.virtualtime.deadlock import DeadlockError, Waiting
from kata.virtualtime.party import Party, Stuck, Waiter, Waits
from kata.virtualtime.scheduler import Scheduler

_real_sleep = time.sleep
_real_start = threading.Thread.start
_real_join = threading.Thread.join
_real_wait = threading.Condition.wait
_real_submit = ThreadPoolExecutor.submit

_LIBRARY_THREADS = ("asyncio.", "concurrent.", "multiprocessing.")
"""Threads that these packages start do not live on the clock: the loop looks after what they are for."""


def install() -> None:
    """Put the replacements in place; once is enough."""
    threading.Thread.start = _start  # type: ignore[method-assign]
    threading.Thread.join = _join  # type: ignore[method-assign]
    threading.Condition.wait = _wait  # type: ignore[method-assign]
    ThreadPoolExecutor.submit = _submit  # type: ignore[method-assign,assignment]
    # Runs before the pools' own hook, which joins their workers: hooks are called in reverse order.
    register = getattr(threading, "_register_atexit", None)
    if register is not None:
        register(let_all_go)


_bypass = threading.local()


def lives_in_real_time() -> bool:
    """True while the calling thread is inside of `in_real_time`."""
    return getattr(_bypass, "on", False)


@contextmanager
def in_real_time() -> Iterator[None]:
    """Around library code that waits for a thread to come up, or for a process: it costs no turn."""
    before = getattr(_bypass, "on", False)
    _bypass.on = True
    try:
        yield
    finally:
        _bypass.on = before


@contextmanager
def _waiting_outside(scheduler: Scheduler, party: Party, joining: threading.Thread) -> Iterator[None]:
    """Around a real join of a thread that is not on the clock, such as a pool's worker.

    While the worker's job waits on the clock, time goes on; once the worker only has to end, it stands still.
    """
    with scheduler.mutex:
        scheduler.stop(party, None, scheduler.clock.next_order(), lambda: None, Waits.JOIN)
        party.joining = joining
        scheduler.settle()
    try:
        yield
    finally:
        with scheduler.mutex:
            scheduler.go_on(party)


@contextmanager
def blocking(scheduler: Scheduler, party: Party, call: str) -> Iterator[None]:
    """Report a block if ``party`` is an event loop's thread and virtual time passes inside."""
    clock = scheduler.clock
    start = clock.now_ns
    try:
        yield
    except Stuck:
        raise (
            party.loop.deadlock(call)
            if party.loop is not None
            else DeadlockError(clock.elapsed, [Waiting(party.name, call, [])], outside=scheduler.listens())
        ) from None
    finally:
        if party.loop is not None and clock.now_ns > start and scheduler.on_block is not None:
            scheduler.on_block(start, clock.now_ns, call)


def wait_until(
    scheduler: Scheduler, deadline: int | None, call: str, begin: Callable[[Waiter], None] | None = None
) -> None:
    """Let the calling thread stand still on the scheduler's clock.

    Args:
        scheduler: of that clock.
        deadline: the instant at which it goes on by itself, if it does.
        call: what it stands still in, for reports.
        begin: given what ends the wait before, if something can.

    Raises:
        DeadlockError: nothing can end the wait.
    """
    clock, party = scheduler.clock, scheduler.current()
    if party is None:
        # A thread from before the clock's time. It may wake a loop later, so it stays on the clock to its end.
        thread = threading.current_thread()
        party = scheduler.join(thread.name)
        try:
            _stand_still(scheduler, party, deadline, begin)
        finally:
            if isinstance(thread, threading._DummyThread):  # nobody can tell when it ends
                scheduler.leave(party)
            else:
                party.thread = thread
        return
    with blocking(scheduler, party, call):
        if deadline is not None and not scheduler.company and _somebody_needs_real_time(scheduler):
            _sleep_really(clock, deadline)
        if begin is not None or scheduler.company or scheduler.partner is not None:
            _stand_still(scheduler, party, deadline, begin)
        elif deadline is not None:
            clock.jump(deadline)


def _somebody_needs_real_time(scheduler: Scheduler) -> bool:
    """True while a child process lives, or an alarm of the program's runs."""
    return scheduler.outside.works() or scheduler.outside.processes()


def _sleep_really(clock: Clock, deadline: int) -> None:
    began = real_perf_counter()
    try:
        _real_sleep((deadline - clock.now_ns) / 1e9)
    except BaseException:  # out of a signal handler: as much has passed as really has, to a hundredth
        clock.jump(min(deadline, clock.now_ns + round((real_perf_counter() - began) * 100) * 10_000_000))
        raise


def _stand_still(
    scheduler: Scheduler, party: Party, deadline: int | None, begin: Callable[[Waiter], None] | None
) -> None:
    waiter = scheduler.waiter(party)
    if begin is not None:
        begin(waiter)
    scheduler.wait(party, deadline, waiter)


def _start(self: threading.Thread) -> None:
    scheduler = active_scheduler()
    starter = sys._getframe(1).f_globals.get("__name__", "")
    if scheduler is None or f"{starter}.".startswith(_LIBRARY_THREADS):
        with in_real_time():
            return _real_start(self)
    party = scheduler.expect(self.name)
    turn = scheduler.waiter(party)
    party.wake = turn.finish
    run = self.run

    def run_on_the_clock() -> None:
        scheduler.adopt(party)
        try:
            take_turn(scheduler, party, turn)
            run()
        except BaseException as error:
            # `threading` would report it only when the thread has left the clock, and with this frame.
            place = error.__traceback__.tb_next if error.__traceback__ is not None else None
            told = (type(error), error.with_traceback(place), place, self)
            threading.excepthook(threading.ExceptHookArgs(told))
        finally:
            for waiter in party.joiners:
                _release(waiter)
            self.run = run  # type: ignore[method-assign]
            scheduler.leave(party)

    self.run = run_on_the_clock  # type: ignore[method-assign]
    self._party = party  # type: ignore[attr-defined]
    try:
        with in_real_time():
            _real_start(self)
    except BaseException:
        scheduler.leave(party)
        raise


def take_turn(scheduler: Scheduler, party: Party, turn: Waiter) -> None:
    """Wait until ``party``, which was expected, may begin."""
    with scheduler.mutex:
        if not turn.over:
            scheduler.settle()
    scheduler.await_turn(party, turn)


def _release(waiter: Waiter) -> None:
    with suppress(RuntimeError):  # it may have gone on by itself meanwhile
        waiter.release()


def _join(self: threading.Thread, timeout: float | None = None) -> None:
    scheduler = active_scheduler()
    party = scheduler.current() if scheduler else None
    if scheduler is None or party is None or self is threading.current_thread() or not self.is_alive():
        return _real_join(self, timeout)
    deadline = None if timeout is None else scheduler.clock.now_ns + to_ns(max(timeout, 0.0))
    target: Party | None = getattr(self, "_party", None)
    with blocking(scheduler, party, "Thread.join"):
        if target is None:  # not on the clock: a pool's worker, a library's own thread
            if getattr(self, "_job", None) in scheduler.all and scheduler.stuck_but(party):
                raise Stuck  # its job waits for what this very thread would have to do
            with _waiting_outside(scheduler, party, self):
                _real_join(self, timeout)
            return
        waiter = scheduler.waiter(party)
        with scheduler.mutex:
            over = target not in scheduler.all
            if not over:
                target.joiners.append(waiter)
        if over or scheduler.wait(party, deadline, waiter):
            _real_join(self)


def _wait(self: threading.Condition, timeout: float | None = None) -> bool:
    scheduler = active_scheduler()
    party = scheduler.current() if scheduler else None
    if scheduler is None or party is None or lives_in_real_time():
        return _real_wait(self, timeout)
    if not self._is_owned():  # type: ignore[attr-defined]
        raise RuntimeError("cannot wait on un-acquired lock")
    deadline = None if timeout is None else scheduler.clock.now_ns + to_ns(max(timeout, 0.0))
    waiter = scheduler.waiter(party)
    self._waiters.append(waiter)  # type: ignore[attr-defined]
    saved = self._release_save()  # type: ignore[attr-defined]
    notified = False
    try:
        with blocking(scheduler, party, _call(sys._getframe(1))):
            notified = scheduler.wait(party, deadline, waiter)
        return notified
    finally:
        self._acquire_restore(saved)  # type: ignore[attr-defined]
        if not notified:
            with suppress(ValueError):
                self._waiters.remove(waiter)  # type: ignore[attr-defined]


_WAITING = {"threading": "threading.", "queue": "queue.", "concurrent.futures._base": ""}
"""Modules whose functions wait by `Condition.wait`, and what stands before the names of those."""


def _call(frame: FrameType | None) -> str:
    """What the program called that came to wait: ``queue.Queue.get``, ``threading.Event.wait``, ``Future.result``."""
    call = "threading.Condition.wait"
    while frame is not None and (module := frame.f_globals.get("__name__")) in _WAITING:
        call = f"{_WAITING[module]}{frame.f_code.co_qualname}"
        frame = frame.f_back
    return call


class _Pool:
    """The jobs of one thread pool: those that a worker can take now are scheduler, the rest wait in line."""

    def __init__(self, workers: int) -> None:
        self.workers = workers
        self.taken = 0
        self.line: deque[_Job] = deque()


class _Job:
    """One submitted call."""

    def __init__(self, scheduler: Scheduler, pool: _Pool, call: Callable[..., Any]) -> None:
        self.scheduler = scheduler
        self.pool = pool
        self.call = call
        self.party: Party | None = None
        self.turn: Waiter | None = None
        self.over = False
        with scheduler.mutex:
            if pool.taken < pool.workers:
                self.enter()
            else:
                pool.line.append(self)

    def enter(self) -> None:
        self.pool.taken += 1
        self.party = self.scheduler.expect("worker")
        self.turn = self.scheduler.waiter(self.party)
        self.party.wake = self.turn.finish

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        if self.party is None or self.turn is None:
            # The pool took another job of the line out of turn; take part from here on.
            with self.scheduler.mutex:
                if self in self.pool.line:
                    self.pool.line.remove(self)
                self.enter()
        assert self.party is not None and self.turn is not None
        self.scheduler.adopt(self.party)
        threading.current_thread()._job = self.party  # type: ignore[attr-defined]
        self.party.name = threading.current_thread().name
        take_turn(self.scheduler, self.party, self.turn)
        return self.call(*args, **kwargs)

    def done(self) -> None:
        """The future is resolved and its callbacks have run: after the call, or at once when it was cancelled."""
        with self.scheduler.mutex:
            if self.over:
                return
            self.over = True
            if self in self.pool.line:
                self.pool.line.remove(self)
                return
            self.pool.taken -= 1
            if self.pool.line:
                self.pool.line.popleft().enter()
            if self.party is not None:
                self.scheduler.leave(self.party)


class _JobFuture(Future[Any]):
    """The future of a job: the job's party leaves only when those who wait for the result have been told."""

    _job: _Job

    def set_exception(self, exception: BaseException | None) -> None:
        """As always, without the step between the pool and the job in the traceback."""
        above, place = None, exception.__traceback__ if exception is not None else None
        while place is not None:
            if place.tb_frame.f_code is _Job.__call__.__code__ and above is not None:
                above.tb_next = place.tb_next
            else:
                above = place
            place = place.tb_next
        super().set_exception(exception)

    def _invoke_callbacks(self) -> None:
        super()._invoke_callbacks()  # type: ignore[misc]
        self._job.done()


for _name in ("__module__", "__name__", "__qualname__"):  # as which a program sees it
    setattr(_JobFuture, _name, getattr(Future, _name))


_pools: weakref.WeakKeyDictionary[ThreadPoolExecutor, _Pool] = weakref.WeakKeyDictionary()


def _submit(self: ThreadPoolExecutor, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
    scheduler = active_scheduler()
    if scheduler is None:
        return _real_submit(self, fn, *args, **kwargs)
    pool = _pools.setdefault(self, _Pool(self._max_workers))
    job = _Job(scheduler, pool, fn)
    try:
        with in_real_time():
            future = _real_submit(self, job, *args, **kwargs)
    except BaseException:
        job.done()
        raise
    future._job = job  # type: ignore[attr-defined]
    future.__class__ = _JobFuture
    if future.done():
        job.done()
    return future
