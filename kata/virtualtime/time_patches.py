"""The functions that tell time, replaced once for the whole process.

With an active clock `time.time`, `monotonic`, `perf_counter`, their ``_ns`` twins and `time.sleep` follow it, and
freezegun holds `datetime.now()`, `date.today()`, `localtime` and the rest of the wall clock to it. Without an active
clock all of them are real. freezegun looks for aliases (``from time import monotonic``) in every loaded module when
it starts, which takes tens of milliseconds; so it is started once and asks the active clock each time.
"""

from __future__ import annotations

import contextlib
import datetime as real_datetime_module
import importlib
import os
import sys
import time
import types
from collections.abc import Callable
from typing import Any

from kata.virtualtime import dates, socket_patches, thread_patches
from kata.virtualtime.active import active_clock, active_scheduler, forget_schedulers
from kata.virtualtime.builtin_functions import as_builtin
from kata.virtualtime.clock import BILLION, NEVER, Clock, to_ns

real_sleep = time.sleep
real_time = time.time
real_time_ns = time.time_ns
real_monotonic = time.monotonic
real_monotonic_ns = time.monotonic_ns
real_perf_counter = time.perf_counter
real_perf_counter_ns = time.perf_counter_ns
_real_ctime = time.ctime
_real_localtime = time.localtime
_real_gmtime = time.gmtime
_real_strftime = time.strftime
_real_asctime = time.asctime
_real_clock_gettime: Callable[[int], float] | None = getattr(time, "clock_gettime", None)
_real_clock_gettime_ns: Callable[[int], int] | None = getattr(time, "clock_gettime_ns", None)
_WALL = [getattr(time, name) for name in ("CLOCK_REALTIME", "CLOCK_TAI") if hasattr(time, name)]
_GOES_ON = [
    getattr(time, name)
    for name in ("CLOCK_MONOTONIC", "CLOCK_MONOTONIC_RAW", "CLOCK_BOOTTIME", "CLOCK_UPTIME", "CLOCK_UPTIME_RAW")
    if hasattr(time, name)
]
_real_utcnow = real_datetime_module.datetime.now
_UTC = real_datetime_module.UTC
_EPOCH = real_datetime_module.datetime(1970, 1, 1)
_MICROSECOND = real_datetime_module.timedelta(microseconds=1)

_installed = False


class _Looks:
    """How often the clock was looked at while it stood still, and where it crept to since."""

    def __init__(self) -> None:
        self.instant = -1
        self.count = 0
        self.step = 0


_looks = _Looks()

MANY_LOOKS = 2_000
"""Looks at a clock that stands still, after which it creeps on: who looks that often waits for it to move."""

LONGEST_STEP = 1_000_000
"""Nanoseconds that it creeps at one look, at most; at first it is a thousandth of that."""


def looked_at(clock: Clock) -> None:
    """The program has looked at a clock that `creeps`: who looks again and again, and does nothing else, waits for it.

    In real life ``while time.time() < end: pass`` ends. Virtual time stands still while code computes, so it moves a
    little at each of many looks; on a loop's thread that blocks the loop, as it does in real life.
    """
    looks, now = _looks, clock.now_ns
    if now != looks.instant:
        looks.instant, looks.count, looks.step = now, 0, 0
    looks.count += 1
    scheduler = active_scheduler()
    if looks.count <= MANY_LOOKS or scheduler is None:
        return
    looks.step = min(looks.step + LONGEST_STEP // 1000, LONGEST_STEP)
    thread_patches.wait_until(scheduler, now + looks.step, CREEPING)
    looks.instant = clock.now_ns


CREEPING = "looking at the clock"
"""What the recording calls such a wait."""


def _seen_clock() -> Clock | None:
    clock = active_clock()
    if clock is not None and clock.creeps:
        looked_at(clock)
    return clock


def fake_time() -> float:
    clock = _seen_clock()
    return real_time() if clock is None else clock.wall_ns / BILLION


def fake_time_ns() -> int:
    clock = _seen_clock()
    return real_time_ns() if clock is None else clock.wall_ns


def fake_monotonic() -> float:
    clock = _seen_clock()
    return real_monotonic() if clock is None else clock.seconds


def fake_monotonic_ns() -> int:
    clock = _seen_clock()
    return real_monotonic_ns() if clock is None else clock.now_ns


def fake_perf_counter() -> float:
    clock = _seen_clock()
    return real_perf_counter() if clock is None else clock.seconds


def fake_perf_counter_ns() -> int:
    clock = _seen_clock()
    return real_perf_counter_ns() if clock is None else clock.now_ns


def sleep(seconds: float, /) -> None:
    """`time.sleep`, on the active clock.

    On an event loop's thread it moves the clock while every task stands still, which is reported as a block; on
    another thread it parks that thread.
    """
    scheduler = active_scheduler()
    if scheduler is None:
        return real_sleep(seconds)
    clock = scheduler.clock
    if not isinstance(seconds, int | float):
        if not (hasattr(seconds, "__float__") or hasattr(seconds, "__index__")):
            return real_sleep(seconds)  # which refuses it
        seconds = float(seconds)
    length = to_ns(seconds)
    if not seconds >= 0 or length >= NEVER:
        return real_sleep(seconds)  # which refuses it, as it does what is not a number
    if length == 0 and seconds > 0:
        clock.nudge_float(clock.seconds + seconds)
    thread_patches.wait_until(scheduler, clock.now_ns + length, "time.sleep")


def ctime(seconds: float | None = None, /) -> str:
    """`time.ctime`, on the active clock."""
    return _real_ctime(fake_time() if seconds is None else seconds)


def asctime(moment: Any = None, /) -> str:
    """`time.asctime`, on the active clock."""
    return _real_asctime(fake_localtime() if moment is None else moment)


def fake_localtime(seconds: float | None = None, /) -> time.struct_time:
    return _real_localtime(fake_time() if seconds is None else seconds)


def fake_gmtime(seconds: float | None = None, /) -> time.struct_time:
    return _real_gmtime(fake_time() if seconds is None else seconds)


def fake_strftime(format: str, moment: Any = None, /) -> str:
    return _real_strftime(format, fake_localtime() if moment is None else moment)


def clock_gettime(which: int, /) -> float:
    """`time.clock_gettime`: the wall clock and those that only ever go on follow the active clock."""
    clock = active_clock()
    if clock is None or which not in (*_WALL, *_GOES_ON):
        assert _real_clock_gettime is not None  # where it is None, this is not installed
        return _real_clock_gettime(which)
    return clock.wall_ns / BILLION if which in _WALL else clock.seconds


def clock_gettime_ns(which: int, /) -> int:
    """The same in whole nanoseconds."""
    clock = active_clock()
    if clock is None or which not in (*_WALL, *_GOES_ON):
        assert _real_clock_gettime_ns is not None
        return _real_clock_gettime_ns(which)
    return clock.wall_ns if which in _WALL else clock.now_ns


def _wall_now() -> real_datetime_module.datetime:
    clock = _seen_clock()
    if clock is None:
        return _real_utcnow(_UTC).replace(tzinfo=None)
    return _EPOCH + _MICROSECOND * (clock.wall_ns // 1000)


def install() -> None:
    """Replace the functions; later calls do nothing.

    Imports freezegun. Its own ``fake_time`` and kin know microseconds of one wall clock only, so ours take their
    places before it looks for aliases.
    """
    global _installed
    if _installed:
        return
    _installed = True
    import freezegun
    from freezegun import api, config

    for function in (
        fake_time,
        fake_time_ns,
        fake_monotonic,
        fake_monotonic_ns,
        fake_perf_counter,
        fake_perf_counter_ns,
        fake_localtime,
        fake_gmtime,
        fake_strftime,
    ):
        setattr(api, function.__name__, _in_place_of(function, function.__name__.removeprefix("fake_")))
    # freezegun would show real time to code called from `threading`, `queue` and others; a worker's
    # datetime.now() is such a call.
    config.configure(default_ignore_list=[])
    freezegun.freeze_time("2000-01-01", ignore=["kata."]).start()
    api.freeze_factories[-1] = _wall_now  # type: ignore[call-overload]
    api.ignore_lists[-1] = ()
    clocks = (clock_gettime, clock_gettime_ns) if _real_clock_gettime is not None else ()
    for replacement in (sleep, ctime, asctime, *clocks):
        setattr(time, replacement.__name__, _in_place_of(replacement, replacement.__name__))
    dates.install()
    thread_patches.install()
    socket_patches.install()
    _leave_processes_in_real_time()


def _in_place_of(function: Callable[..., Any], name: str) -> Any:
    """A function in the shape of that of the module `time` which it replaces."""
    return as_builtin(function, "time", name, getattr(time, name).__doc__)


def _leave_processes_in_real_time() -> None:
    """`subprocess` and `multiprocessing` wait for other processes, and those live in real time.

    So do the children that this process forks: what its clock says no longer concerns them.
    """
    real = types.SimpleNamespace(
        sleep=real_sleep, monotonic=real_monotonic, time=real_time, perf_counter=real_perf_counter
    )
    names = ("subprocess", "multiprocessing.connection", "multiprocessing.queues", "multiprocessing.synchronize")
    for name in names:
        with contextlib.suppress(ImportError):  # a system without semaphores or processes
            importlib.import_module(name).time = real  # type: ignore[attr-defined]
    sys.modules["subprocess"]._time = real_monotonic  # type: ignore[attr-defined]
    if hasattr(os, "register_at_fork"):
        os.register_at_fork(after_in_child=forget_schedulers)
