"""What reaches a script from the system: signals, and other processes that it starts and waits for, which live in real
time."""

from __future__ import annotations

import functools
import multiprocessing.process
import os
import signal
import subprocess
import threading
from typing import Any

from kata.virtualtime import external, thread_patches
from kata.virtualtime.active import active_clock, active_scheduler
from kata.virtualtime.time_patches import real_perf_counter

__all__ = ["let_processes_take_their_time", "let_signals_be_heard_at_once"]

_GRAIN = 0.01
"""Seconds. Real time is told to a hundredth, so that a play looks the same each time as far as that goes."""

_START = 0.07
"""Seconds that a process may take to start and end. They differ each time, and tell nothing about the script."""

_within = threading.local()


def let_processes_take_their_time() -> None:
    """While a process works that the script has started, time passes as in real life; so it does in a call that waits
    for one, which blocks whoever makes it."""
    external.watch_for_processes()
    for owner, name, call, least in (
        (subprocess.Popen, "communicate", "subprocess", _GRAIN),
        (subprocess.Popen, "wait", "subprocess", _GRAIN),
        (multiprocessing.process.BaseProcess, "join", "Process.join", 0.0),  # which a pool that closes calls, too
    ):
        setattr(owner, name, _passing(getattr(owner, name), call, least))


def let_signals_be_heard_at_once() -> None:
    """Event loops have a turn at the instant at which another thread sends the process a signal.

    The system wakes the main thread some time later, and meanwhile the clock could have moved on.
    """
    for owner, name in ((os, "kill"), (signal, "raise_signal"), (signal, "pthread_kill")):
        if hasattr(owner, name):
            setattr(owner, name, _heard(getattr(owner, name)))


def _heard(function: Any) -> Any:
    @functools.wraps(function)
    def sending(*args: Any, **kwargs: Any) -> Any:
        done = function(*args, **kwargs)
        scheduler = active_scheduler()
        if scheduler is not None and threading.current_thread() is not threading.main_thread():
            with scheduler.mutex:
                for party in scheduler.all:
                    if party.loop is not None:
                        party.loop.take_a_turn()
        return done

    return sending


def _passing(function: Any, call: str, least: float) -> Any:
    """The same, with the clock moved on by as long as it took; ``least`` where it took no longer than any start."""

    @functools.wraps(function)
    def waiting(*args: Any, **kwargs: Any) -> Any:
        scheduler, clock = active_scheduler(), active_clock()
        if scheduler is None or clock is None or getattr(_within, "call", False):
            return function(*args, **kwargs)
        began, since = real_perf_counter(), clock.now_ns
        _within.call = True
        try:
            with thread_patches.in_real_time():
                return function(*args, **kwargs)
        finally:
            _within.call = False
            seconds = real_perf_counter() - began
            if seconds < _START:
                seconds = least
            took = round(seconds / _GRAIN) * round(_GRAIN * 1e9)
            if since + took > clock.now_ns:
                thread_patches.wait_until(scheduler, since + took, call)

    return waiting
