"""What a play can leave behind in its process, where the next play of a series would meet it.

A play after which anything has changed is the last one in its process. What nobody changes by accident, such as an
attribute of a module of the standard library, is not looked for: plays that must know nothing of each other at all are
in no series.
"""

from __future__ import annotations

import _thread
import builtins
import logging
import os
import signal
import sys
import time
from typing import Any

__all__ = ["Before"]

_SIGNALS = [
    getattr(signal, name)
    for name in ("SIGINT", "SIGTERM", "SIGALRM", "SIGCHLD", "SIGUSR1", "SIGUSR2")
    if hasattr(signal, name)
]


_LOOKS = 20


class Before:
    """The process as it is before the first play."""

    def __init__(self) -> None:
        self._state = _state()

    def changed(self) -> bool:
        """True when something is left of a play: a thread, process, file or timer, a module, built-in name, environment
        variable, log handler or signal handler."""
        return bool(_threads() or _timer_set() or _children() or os.listdir() or self._state != _state())


def _state() -> tuple[Any, ...]:
    return (
        len(sys.modules),
        len(vars(builtins)),
        len(logging._handlerList),  # type: ignore[attr-defined]
        dict(os.environ),
        [signal.getsignal(number) for number in _SIGNALS],
    )


def _threads() -> bool:
    """True when another thread is there. One that was joined may need a moment until the system has forgotten it, and
    one that was just started is not counted by Python yet."""
    if _thread._count() or sys.platform != "linux":
        return _thread._count() > 0
    for _ in range(_LOOKS):
        if len(os.listdir("/proc/self/task")) == 1:
            return False
        time.sleep(0.001)
    return True


def _timer_set() -> bool:
    kinds = (getattr(signal, name, None) for name in ("ITIMER_REAL", "ITIMER_VIRTUAL", "ITIMER_PROF"))
    return any(kind is not None and signal.getitimer(kind)[0] > 0 for kind in kinds)


def _children() -> bool:
    if not hasattr(os, "waitid"):
        return False
    try:
        os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOHANG | os.WNOWAIT)
    except ChildProcessError:
        return False
    return True
