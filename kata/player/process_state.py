"""What a play can leave behind in its process, where the next play of a series would meet it.

A play after which anything has changed is the last one in its process. What nobody changes by accident, such as an
attribute of a module of the standard library, is not looked for: plays that must know nothing of each other at all are
in no series.
"""

from __future__ import annotations

import _thread
import builtins
import gc
import itertools
import logging
import os
import signal
import sys
import threading
import time
import warnings
from concurrent.futures import ThreadPoolExecutor
from typing import Any

__all__ = ["Before", "built_in", "count_threads_anew"]

_SIGNALS = [
    getattr(signal, name)
    for name in ("SIGINT", "SIGTERM", "SIGALRM", "SIGCHLD", "SIGUSR1", "SIGUSR2", "SIGXCPU")
    if hasattr(signal, name)
]
_TIMERS = [getattr(signal, name) for name in ("ITIMER_REAL", "ITIMER_VIRTUAL", "ITIMER_PROF") if hasattr(signal, name)]
_LOOKS = 20


class Before:
    """The process as it is before the first play."""

    def __init__(self) -> None:
        self._state = _state()

    def changed(self) -> bool:
        """True when something is left of a play: a thread, process, file or timer, a module, built-in name, hook,
        setting, environment variable, or a handler of log records or signals."""
        try:
            return bool(_threads() or _timers() or _children() or os.listdir() or self._state != _state())
        except OSError:  # the working directory is gone
            return True


def _state() -> tuple[Any, ...]:
    """Plain data; of objects that a submission could have made, only the identity."""
    hooks = (sys.excepthook, sys.unraisablehook, threading.excepthook, sys.gettrace(), sys.getprofile())
    return (
        len(sys.modules),
        built_in(),
        [*map(id, hooks)],
        [id(signal.getsignal(number)) for number in _SIGNALS],
        [*map(id, warnings.filters)],
        len(logging._handlerList),  # type: ignore[attr-defined]
        [logging.getLogger(name).level for name in (None, "asyncio")],
        (gc.isenabled(), sys.getrecursionlimit(), sys.path[:], os.getcwd()),
        dict(os.environ),
    )


def built_in() -> list[int]:
    """What the built-in names stand for; of each the identity."""
    return [*map(id, vars(builtins).values())]


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


def _timers() -> bool:
    return any(signal.getitimer(timer)[0] > 0 for timer in _TIMERS)


def _children() -> bool:
    if not hasattr(os, "fork"):
        return False
    try:
        os.waitpid(-1, os.WNOHANG)
    except ChildProcessError:
        return False
    return True


def count_threads_anew() -> None:
    """The next thread without a name is called Thread-1 again, and that of a pool ThreadPoolExecutor-0_0."""
    vars(threading)["_counter"] = itertools.count(1).__next__  # so that the trip wire on the module is silent
    ThreadPoolExecutor._counter = itertools.count().__next__  # type: ignore[attr-defined]
