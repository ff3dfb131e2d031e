"""The two clocks on which a request can be played: virtual time, and real time on the stock loop.

Both replace the ways in which a program makes an event loop, so that `asyncio.run`, `asyncio.Runner` and
`asyncio.new_event_loop` of the submission are recorded too.
"""

from __future__ import annotations

import asyncio
import contextlib
import sys
import time
from collections.abc import Callable
from typing import Any, ClassVar, Protocol

from kata.virtualtime import Clock, Instrument, InstrumentedLoop, InstrumentedMixin, Recorder, Scheduler, time_patches
from kata.virtualtime.builtin_functions import as_builtin
from kata.virtualtime.clock import START_OF_TIME_NS


class PlayClock(Protocol):
    """What the player needs of a clock."""

    def now(self) -> int:
        """Whole nanoseconds on this clock."""

    def sleep(self, seconds: float) -> None:
        """Block the calling thread."""

    def stop(self) -> None:
        """The program is over: whoever waits, waits for good."""

    loop_class: ClassVar[type[asyncio.AbstractEventLoop]]
    """What a program finds as `asyncio.SelectorEventLoop`: its loops tell `lead_to`'s instrument what happens."""

    def running(self, recorder: Recorder) -> contextlib.AbstractContextManager[Any]:
        """Around the whole play."""


_begin: Callable[[], Instrument]
"""Told that a loop is made; gives what that loop tells what happens."""


class _VirtualEventLoop(InstrumentedLoop):
    """A `VirtualLoop`, recorded. A program may derive from it, and hand it a selector, which it does not need."""

    def __init__(self, selector: Any = None) -> None:
        super().__init__(_begin())
        if self.clock.creeps:
            self.time = self._seen_time  # type: ignore[method-assign]

    def _seen_time(self) -> float:
        """`time`, as a program calls it; asyncio itself looks at the clock in each turn."""
        if not sys._getframe(1).f_globals.get("__name__", "").startswith("asyncio"):
            time_patches.looked_at(self.clock)
        return self.clock.seconds


class _StockEventLoop(InstrumentedMixin, asyncio.SelectorEventLoop):  # type: ignore[misc]
    """The stock loop, recorded."""

    def __init__(self, selector: Any = None) -> None:
        super().__init__(selector)
        self.instrument = _begin()
        self.instrument.loop_made(self)


for _kind in (_VirtualEventLoop, _StockEventLoop):
    for _name in ("__module__", "__name__", "__qualname__"):
        setattr(_kind, _name, getattr(asyncio.SelectorEventLoop, _name))


class Virtual:
    """Virtual time.

    Args:
        wall_ns: nanoseconds since 1970 at which the wall clock starts; None for the fixed default.
    """

    loop_class: ClassVar[type[asyncio.AbstractEventLoop]] = _VirtualEventLoop

    def __init__(self, wall_ns: int | None = None) -> None:
        self.clock = Clock(wall_ns=START_OF_TIME_NS if wall_ns is None else wall_ns)
        self.scheduler = Scheduler(self.clock, closed_world=True)

    def now(self) -> int:
        return self.clock.now_ns

    def sleep(self, seconds: float) -> None:
        time_patches.sleep(seconds)

    def stop(self) -> None:
        with self.scheduler.mutex:
            self.scheduler.all.clear()  # the main thread counts as running, so nobody else's turn comes

    @contextlib.contextmanager
    def running(self, recorder: Recorder) -> Any:
        self.scheduler.on_block = recorder.loop_blocked
        party = self.scheduler.join("main")
        try:
            with self.scheduler.active():
                yield
        finally:
            self.scheduler.leave(party)


class Real:
    """Real time. `time.sleep` on a loop's thread is recorded as a block, as on the virtual clock."""

    loop_class: ClassVar[type[asyncio.AbstractEventLoop]] = _StockEventLoop

    def __init__(self) -> None:
        self.start = time_patches.real_perf_counter_ns()
        self.recorder: Recorder | None = None

    def now(self) -> int:
        return time_patches.real_perf_counter_ns() - self.start

    def sleep(self, seconds: float) -> None:
        start = self.now()
        time_patches.real_sleep(seconds)
        if self.recorder is not None and asyncio._get_running_loop() is not None and self.now() > start:
            self.recorder.loop_blocked(start, self.now(), "time.sleep")

    def stop(self) -> None:
        """Threads end with the process."""

    @contextlib.contextmanager
    def running(self, recorder: Recorder) -> Any:
        self.recorder = recorder

        def sleep(seconds: float, /) -> None:
            self.sleep(seconds)

        time.sleep = as_builtin(sleep, "time", "sleep", time_patches.real_sleep.__doc__)
        lead_to(self.loop_class, _begin)
        yield


def lead_to(kind: type[asyncio.AbstractEventLoop], begin: Callable[[], Instrument]) -> None:
    """From now on every way of making an event loop in this process gives one of this class.

    Args:
        kind: a clock's `loop_class`.
        begin: called when one is made; gives what it tells what happens.
    """
    global _begin
    _begin = begin

    def new_event_loop() -> asyncio.AbstractEventLoop:
        policy = getattr(asyncio.events, "_event_loop_policy", None)
        if policy is not None and _makes_loops_itself(type(policy)):
            return policy.new_event_loop()  # type: ignore[no-any-return]
        return kind()

    new_event_loop.__module__, new_event_loop.__qualname__ = "asyncio.events", "new_event_loop"
    asyncio.new_event_loop = asyncio.events.new_event_loop = new_event_loop
    for module in (asyncio, sys.modules[asyncio.SelectorEventLoop.__module__]):
        for name in ("SelectorEventLoop", "EventLoop", asyncio.SelectorEventLoop.__name__):
            if hasattr(module, name):
                setattr(module, name, kind)
    # Up to 3.13 asyncio.get_event_loop() may still ask the policy, which has a loop factory of its own.
    policy = getattr(asyncio.events, "_event_loop_policy", None) or getattr(asyncio, "DefaultEventLoopPolicy", None)
    policy_class = policy if isinstance(policy, type) else type(policy)
    if hasattr(policy_class, "_loop_factory"):
        policy_class._loop_factory = kind


def _makes_loops_itself(policy: type) -> bool:
    """True for a class of policies that a program has given a `new_event_loop` of its own."""
    makes: Any = getattr(policy, "new_event_loop", None)
    return makes is not None and not makes.__module__.startswith("asyncio")


def forget_policy() -> None:
    """Up to 3.13, the event loop policy remembers that a loop was set once; a new one is made when it is needed."""
    if getattr(asyncio.events, "_event_loop_policy", None) is not None:
        asyncio.events._event_loop_policy = None  # type: ignore[attr-defined]
