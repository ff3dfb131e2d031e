"""What can be seen of a thread from outside: does it come to its next wait on the clock, or has it gone stalled?"""

from __future__ import annotations

import sys
from time import perf_counter as real_perf_counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kata.virtualtime.scheduler import Party

PATIENCE = 0.05
"""Real seconds between two looks at a running thread for which others wait."""

COMPUTING = 0.25
"""Seconds of computing after which others go on without a running thread."""


class Watch:
    """What waiting scheduler know of a thread that runs on, looked at from outside."""

    def __init__(self) -> None:
        self.run = 0.0
        """The `Party.since` of the run that is being watched."""
        self.looked_at = 0.0
        self.began_ns = 0
        self.last_ns = 0
        self.computed_ns = 0

    def stalled(self, party: Party) -> bool:
        """True when a running party does not seem to come to its next wait.

        It has slept in the kernel since the last look, or computed for `COMPUTING` seconds. A thread that is only
        starved, on a busy machine, will come to its next wait all the same.
        """
        now = real_perf_counter()
        fresh = self.run != party.since
        if not fresh and now - self.looked_at < PATIENCE * 0.9:
            return False  # another waiting party has just looked
        state = _state(party.native_id)
        if state is None:
            return now - party.since >= PATIENCE
        runnable, processor_ns = state
        if fresh:
            self.run, self.began_ns = party.since, processor_ns
        asleep = not fresh and not runnable and processor_ns == self.last_ns
        self.looked_at, self.last_ns = now, processor_ns
        return asleep or processor_ns - self.began_ns >= COMPUTING * 1e9

    def computes(self, party: Party) -> bool:
        """True when the party's thread has computed since this was asked last, or would if it could."""
        state = _state(party.native_id)
        if state is None:
            return False
        runnable, processor_ns = state
        before, self.computed_ns = self.computed_ns, processor_ns
        return runnable or processor_ns - before > PATIENCE * 1e9 / 10


def _state(native_id: int | None) -> tuple[bool, int] | None:
    """Whether a thread is runnable, and its nanoseconds on a processor; None where the system does not say.

    proc(5): a thread that waits for a processor on a busy machine is runnable, one that sleeps in the kernel, or
    waits for Python's global lock, is not.
    """
    if native_id is None or sys.platform != "linux":
        return None
    try:
        with open(f"/proc/self/task/{native_id}/stat", "rb") as stat:
            runnable = stat.read().rpartition(b")")[2].split()[0] == b"R"
        with open(f"/proc/self/task/{native_id}/schedstat", "rb") as schedstat:
            return runnable, int(schedstat.read().split()[0])
    except (OSError, ValueError, IndexError):
        return None
