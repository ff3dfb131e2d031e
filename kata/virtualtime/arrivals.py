"""Threads that wait on a virtual clock for what arrives by descriptors: sockets and pipes.

The system wakes whoever waits there at a moment of its own. Here a thread waits for its turn instead: what has
arrived is looked at between two turns (`Scheduler.ask`), and while nobody has one, every few real milliseconds.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Iterable

from kata.virtualtime import external
from kata.virtualtime.external import GRACE, STALL, Source
from kata.virtualtime.liveness import PATIENCE
from kata.virtualtime.party import STILL, Party, Waiter, Waits
from kata.virtualtime.scheduler import Scheduler

__all__ = ["await_arrivals", "wait_for_arrivals", "waits_for"]


def wait_for_arrivals(
    scheduler: Scheduler, party: Party, ready: Callable[[], bool], descriptors: Iterable[int], deadline: int | None
) -> bool:
    """Let ``party``, the calling thread, wait until one of the descriptors is ready.

    Args:
        scheduler: of its clock.
        party: the calling thread's.
        ready: whether one of them is; asked by whichever thread gives up its turn.
        descriptors: those.
        deadline: the instant at which the wait ends by itself, or None.

    Returns:
        True when one of them is ready, False when the deadline came.

    Raises:
        Stuck: every party waits and nothing can rouse any of them.
    """
    began = scheduler.clock.next_order()
    while not ready():
        if deadline is not None and scheduler.clock.now_ns >= deadline:
            return False
        turn = scheduler.waiter(party)
        waits = waits_for(scheduler, descriptors)
        with scheduler.mutex:
            scheduler.stop(party, deadline, scheduler.clock.next_order(), turn.finish, waits)
            party.listen(ready, began)
            scheduler.settle()
        await_arrivals(
            scheduler,
            turn,
            lambda seconds, turn=turn: turn.lock.acquire(timeout=min(seconds, GRACE)),  # type: ignore[misc]
            lambda: waits_for(scheduler, descriptors),
        )
        scheduler.told(party)
    return True


def await_arrivals(
    scheduler: Scheduler, turn: Waiter, rest: Callable[[float], object], waits: Callable[[], Waits]
) -> None:
    """Block the calling thread, which waits already, until its turn comes.

    Args:
        scheduler: of its clock.
        turn: its wait.
        rest: rests for so many real seconds, or until something arrives, or its turn comes.
        waits: what the wait is for now; that changes when processes end.
    """
    party, silence = turn.party, 0.0
    try:
        while not turn.over:
            with scheduler.mutex:
                others, hears = scheduler.running, party.waits in STILL and party not in scheduler.silent
            if others:
                turn.lock.acquire(timeout=PATIENCE)
            else:
                rest(GRACE if hears else PATIENCE)
            with scheduler.mutex:
                if turn.over:
                    break
                if scheduler.running:
                    scheduler.tick()
                    silence = 0.0
                else:
                    silence += GRACE
                    _look(scheduler, party, silence, waits)
    except BaseException:  # out of a signal handler
        scheduler.break_off(turn)
        raise


def _look(scheduler: Scheduler, party: Party, silence: float, waits: Callable[[], Waits]) -> None:
    """Nobody has a turn; see what has arrived in so many real seconds. The caller holds the mutex."""
    if external.processes_started() and party.waits is not (now := waits()):
        party.waits = now  # a process has ended
        scheduler.settle()
    elif scheduler.hears(party):
        held_back = silence < STALL and external.unsent_bytes(_all_descriptors())
        if scheduler.ask():  # it was let go after the last look
            scheduler.settle()
        elif not held_back:
            scheduler.fall_silent(party)
    elif scheduler.ask():
        scheduler.settle()
    else:
        scheduler.look_after(party)


def waits_for(scheduler: Scheduler, descriptors: Iterable[int]) -> Waits:
    """What could end a wait for these descriptors, apart from a deadline."""
    alone = scheduler.closed_world and not scheduler.outside.processes()
    if scheduler.outside.works():
        return Waits.EXTERNAL
    source = external.sockets(descriptors, () if alone else _all_descriptors(), alone=alone)
    if source is Source.LISTENING:
        return Waits.CONNECTIONS if scheduler.closed_world else Waits.CALLERS
    return {Source.ELSEWHERE: Waits.EXTERNAL, Source.NEARBY: Waits.TRAFFIC}.get(source, Waits.HERE)


def _all_descriptors() -> list[int]:
    """Every open descriptor of this process, where the system lists them."""
    for listing in ("/proc/self/fd", "/dev/fd"):
        with contextlib.suppress(OSError, ValueError):
            return [int(name) for name in os.listdir(listing)]
    return []
