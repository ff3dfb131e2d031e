"""Servers that only look, again and again, whether they are to stop: nothing more comes of them in a play."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

from kata.contract.run import StuckTask
from kata.player.output import Output
from kata.virtualtime import Clock, Recorder, Scheduler, external
from kata.virtualtime.asyncio_names import SLEEPS

__all__ = ["Idleness"]

FIRST_LOOK = 60 * 10**9
"""Nanoseconds of virtual time after which a script is looked at first; each next time, the whole has doubled."""

LOOKS = 100
"""Steps that a program takes between two looks which looks again and again whether it is to stop."""


class Idleness:
    """Watches a script that listens on a socket, and ends it when it only polls.

    Args:
        scheduler: of the script's clock. Its end, where it has one, is minded.
        recorder: knows its tasks.
        output: knows its lines.
        found: called when it only polls, with the tasks as they stand.
    """

    def __init__(
        self, scheduler: Scheduler, recorder: Recorder, output: Output, found: Callable[[list[StuckTask]], None]
    ) -> None:
        self.clock: Clock = scheduler.clock
        self._scheduler = scheduler
        self._recorder = recorder
        self._output = output
        self._found = found
        self._end, self._on_end = self.clock.end_ns, self.clock.on_end
        self._last = self.clock.now_ns
        self._seen: tuple[int, int] | None = None
        self._steps = 0
        self._look_at(self.clock.now_ns + FIRST_LOOK)

    def _look_at(self, instant: int) -> None:
        self.clock.end_ns = instant if self._end is None else min(instant, self._end)
        self.clock.on_end = self._look

    def _look(self) -> None:
        now = self.clock.now_ns
        if self._end is not None and now >= self._end:
            self._on_end()
            return
        recorder = self._recorder
        seen = len(recorder.lives) + recorder.tasks_dropped, self._output.kept
        steps = recorder.order - self._steps
        loop = asyncio._get_running_loop()
        if seen == self._seen and steps >= LOOKS and loop is not None and self._only_polls(loop):
            self._found([recorder.stuck(task) for task in asyncio.all_tasks(loop) if not task.done()])
        self._seen, self._steps, self._last = seen, recorder.order, now
        self._look_at(now + max(now - self.clock.start_ns, FIRST_LOOK))

    def _only_polls(self, loop: Any) -> bool:
        """True when it listens, and all that will wake it are sleeps that it began since the last look."""
        if len(self._scheduler.all) > 1 or not external.listen(loop.selector.get_map()):
            return False
        sleeps = [life for life in self._recorder.lives if life.ended is None and life.waiting_for == "asyncio.sleep"]
        timers = [timer for timer in loop._scheduled if not timer.cancelled()]
        return all((life.waiting_since or 0) > self._last for life in sleeps) and all(
            getattr(timer._callback, "__code__", None) is SLEEPS for timer in timers
        )
