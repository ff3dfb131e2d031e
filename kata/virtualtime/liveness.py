"""What can be seen of a thread from outside: does it come to its next wait on the clock, or has it stalled?"""

from __future__ import annotations

import sys
from time import perf_counter as real_perf_counter

__all__ = ["COMPUTING", "PATIENCE", "Liveness", "computed_seconds"]

PATIENCE = 0.05
"""Real seconds between two looks at a running thread for which others wait."""

COMPUTING = 0.25
"""Seconds of computing after which others go on without a running thread."""

POLLING = 0.002
"""Seconds of computing between two looks at most, of a thread that only wakes now and then to sleep again."""

POLLS = 3
"""Looks at a thread that seems to do so, after which that is certain."""


class Liveness:
    """What others know of one thread that runs on.

    >>> import threading
    >>> Liveness().stalled(threading.get_native_id(), since=real_perf_counter())
    False
    """

    def __init__(self) -> None:
        self._run = 0.0
        """When the run that is being looked at began."""
        self._looked_at = 0.0
        self._began_ns = 0
        self._last_ns = 0
        self._computed_ns = 0
        self._polls = 0

    def stalled(self, native_id: int | None, since: float) -> bool:
        """True when a running thread does not seem to come to its next wait.

        It has slept in the kernel since the last look, does so again and again (a server that asks every half second
        whether it shall end), or computed for `COMPUTING` seconds. A thread that is only starved, on a busy machine,
        will come to its next wait all the same.

        Args:
            native_id: the thread's number in the system; None when it has not begun.
            since: when its present run began, in real seconds of `time.perf_counter`.
        """
        now = real_perf_counter()
        fresh = self._run != since
        if not fresh and now - self._looked_at < PATIENCE * 0.9:
            return False  # another waiting thread has just looked
        state = _state(native_id)
        if state is None:
            return now - since >= PATIENCE
        runnable, processor_ns = state
        if fresh:
            self._run, self._began_ns = since, processor_ns
        slept, computed_ns = not fresh and not runnable, processor_ns - self._last_ns
        self._polls = self._polls + 1 if slept and computed_ns < POLLING * 1e9 else 0
        self._looked_at, self._last_ns = now, processor_ns
        asleep = (slept and computed_ns == 0) or self._polls >= POLLS
        return asleep or processor_ns - self._began_ns >= COMPUTING * 1e9

    def computes(self, native_id: int | None) -> bool:
        """True when the thread has computed since this was asked last, or would if it could."""
        state = _state(native_id)
        if state is None:
            return False
        runnable, processor_ns = state
        before, self._computed_ns = self._computed_ns, processor_ns
        return runnable or processor_ns - before > PATIENCE * 1e9 / 10


def computed_seconds(native_id: int | None) -> float:
    """How long a thread has run on a processor; where the system does not say, real seconds."""
    state = _state(native_id)
    return real_perf_counter() if state is None else state[1] / 1e9


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
