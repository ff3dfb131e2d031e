"""The two clocks on which a request can be played: virtual time, and real time on the stock loop.

Both replace the ways in which a program makes an event loop, so that `asyncio.run`, `asyncio.Runner` and
`asyncio.new_event_loop` of the submission are recorded too.
"""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import Callable
from typing import Any, Protocol

from kata.virtualtime import Clock, InstrumentedLoop, InstrumentedMixin, Recorder, Scheduler, time_patches
from kata.virtualtime.clock import START_OF_TIME_NS


class PlayClock(Protocol):
    """What the player needs of a clock."""

    def now(self) -> int:
        """Whole nanoseconds on this clock."""

    def sleep(self, seconds: float) -> None:
        """Block the calling thread."""

    def loop(self, recorder: Recorder) -> asyncio.AbstractEventLoop:
        """A new event loop that tells the recorder what happens."""

    def running(self, recorder: Recorder) -> contextlib.AbstractContextManager[Any]:
        """Around the whole play."""


class _RecordedStockLoop(InstrumentedMixin, asyncio.SelectorEventLoop):
    """The stock loop, recorded."""


class Virtual:
    """Virtual time.

    Args:
        wall_ns: nanoseconds since 1970 at which the wall clock starts; None for the fixed default.
    """

    def __init__(self, wall_ns: int | None = None) -> None:
        self.clock = Clock(wall_ns=START_OF_TIME_NS if wall_ns is None else wall_ns)
        self.scheduler = Scheduler(self.clock, closed_world=True)

    def now(self) -> int:
        return self.clock.now_ns

    def sleep(self, seconds: float) -> None:
        time_patches.sleep(seconds)

    def loop(self, recorder: Recorder) -> asyncio.AbstractEventLoop:
        return InstrumentedLoop(recorder)

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

    def loop(self, recorder: Recorder) -> asyncio.AbstractEventLoop:
        loop = _RecordedStockLoop()
        loop.instrument = recorder
        return loop

    @contextlib.contextmanager
    def running(self, recorder: Recorder) -> Any:
        self.recorder = recorder
        time.sleep = self.sleep  # type: ignore[assignment]
        yield


def lead_to(make_loop: Callable[[], asyncio.AbstractEventLoop]) -> None:
    """From now on every way of making an event loop in this process gives ``make_loop()``'s."""
    asyncio.new_event_loop = asyncio.events.new_event_loop = make_loop
    asyncio.SelectorEventLoop = make_loop  # type: ignore[assignment]
    if hasattr(asyncio, "EventLoop"):
        asyncio.EventLoop = make_loop
    # Up to 3.13 asyncio.get_event_loop() may still ask the policy, which has a loop factory of its own.
    policy = getattr(asyncio.events, "_event_loop_policy", None) or getattr(asyncio, "DefaultEventLoopPolicy", None)
    kind = policy if isinstance(policy, type) else type(policy)
    if hasattr(kind, "_loop_factory"):
        kind._loop_factory = staticmethod(make_loop)


def forget_policy() -> None:
    """Up to 3.13, the event loop policy remembers that a loop was set once; a new one is made when it is needed."""
    if getattr(asyncio.events, "_event_loop_policy", None) is not None:
        asyncio.events._event_loop_policy = None  # type: ignore[attr-defined]
