"""Servers that only look, again and again, whether they are to stop: nothing more comes of them in a play."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

from kata.contract.run import StuckTask
from kata.player.output import Output
from kata.virtualtime import Clock, Recorder, Scheduler, external
from kata.virtualtime.asyncio_names import SLEEPS
from kata.virtualtime.party import Waits

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
        self._order = 0
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
        if seen == self._seen and self._only_polls(steps):
            loops = [party.loop for party in self._scheduler.all if party.loop is not None]
            tasks = [task for loop in loops for task in asyncio.all_tasks(loop) if not task.done()]
            self._found([recorder.stuck(task) for task in tasks])
        self._seen, self._steps, self._last = seen, recorder.order, now
        self._order = self.clock.next_order()
        self._look_at(now + max(now - self.clock.start_ns, FIRST_LOOK))

    def _only_polls(self, steps: int) -> bool:
        """True when it listens, and its threads and tasks only look for that, or sleep before they do so again."""
        polling = listening = False
        for party in self._scheduler.all:
            if party.loop is not None:
                polling = polling or steps >= LOOKS
                listening = listening or external.listen(party.loop.selector.get_map())
                if not self._only_sleeps(party.loop):
                    return False
            elif party.waits is Waits.CONNECTIONS and party.began > self._order:
                polling = listening = True
            elif party.running or party.deadline is not None:
                return False
        return polling and listening

    def _only_sleeps(self, loop: Any) -> bool:
        """True when all that will wake it are sleeps that it began since the last look."""
        sleeps = [life for life in self._recorder.lives if life.ended is None and life.waiting_for == "asyncio.sleep"]
        timers = [timer for timer in loop._scheduled if not timer.cancelled()]
        return all((life.waiting_since or 0) > self._last for life in sleeps) and all(
            getattr(timer._callback, "__code__", None) is SLEEPS for timer in timers
        )
