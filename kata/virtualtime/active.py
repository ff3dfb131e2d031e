"""Which clock rules this process now."""

from __future__ import annotations

from kata.virtualtime.clock import Clock
from kata.virtualtime.scheduler import Scheduler

__all__ = ["active_clock", "active_scheduler", "forget_schedulers", "let_all_go"]


def active_scheduler() -> Scheduler | None:
    """The scheduler whose clock rules the process now, or None when time is real."""
    return Scheduler.ruling[-1] if Scheduler.ruling else None


def active_clock() -> Clock | None:
    """The clock that rules the process now, or None when time is real."""
    return Scheduler.ruling[-1].clock if Scheduler.ruling else None


def forget_schedulers() -> None:
    """Let time be real again in this process, whatever clock ruled it."""
    Scheduler.ruling.clear()


def let_all_go() -> None:
    """Wake every thread that waits on any clock."""
    for scheduler in list(Scheduler.living):
        scheduler.let_go()
