"""Whether a thread only goes round in circles until another one changes something, as ``while not done: pass`` does."""

from __future__ import annotations

import dis
import sys
from typing import Any

from kata.virtualtime.liveness import computed_seconds

__all__ = ["LOOKS", "Spinning"]

LOOKS = 5
"""Looks at a thread that find it at the end of the same loop, with nothing changed there, after which it spins."""

BETWEEN = 0.02
"""Seconds of computing between two looks, at least: a thread that has not run since would show nothing new."""

_PLAIN = (bool, int, float, str, bytes, type(None))


class Spinning:
    """What others know of one thread that seems to wait in a loop of its own.

    One that computes is found in the middle of something, or with other values in its variables each time.
    """

    def __init__(self) -> None:
        self._run = self._computed = 0.0
        self._found: Any = None
        self._looks = 0

    def seen(self, ident: int | None, native_id: int | None, since: float) -> bool:
        """Look once more; True when the thread spins.

        Args:
            ident: the thread's, as of `threading.get_ident`; None when it has not begun.
            native_id: its number in the system.
            since: when its present run began, in real seconds of `time.perf_counter`.
        """
        if self._run != since:
            self._run, self._looks = since, 0
        computed = computed_seconds(native_id)
        frame = sys._current_frames().get(ident) if ident is not None else None
        if frame is None or computed - self._computed < BETWEEN:
            return self._looks >= LOOKS
        self._computed = computed
        if "JUMP_BACKWARD" in dis.opname[frame.f_code.co_code[frame.f_lasti]]:
            values = [value if type(value) in _PLAIN else id(value) for value in list(frame.f_locals.values())]
            found = (id(frame), frame.f_lasti, values)
            self._looks = self._looks + 1 if found == self._found else 1
            self._found = found
        return self._looks >= LOOKS
