"""What is recorded of the turns of random programs, beside what another observer of the same loop sees.

The observer stands where a handle is called, reads the loop's own queue and timers, and knows nothing of the recorder.
"""

from __future__ import annotations

import asyncio
import contextlib
import dataclasses
import warnings
from collections.abc import Iterable, Iterator
from typing import Any

from kata.contract.turns import MAX_NAMED, MAX_TIMERS, Turn
from kata.virtualtime import Clock, DeadlockError, InstrumentedLoop, Recorder, TurnRecorder
from tests.agreement.compare import make
from tests.agreement.play import Told, _Play

__all__ = ["Seen", "Witnessed", "difference", "differences", "witness"]

A_CALLBACK = ""
"""What stands for a callback that is no step of a task."""


@dataclasses.dataclass(frozen=True)
class Seen:
    """One turn: when, whose step it was, what was in the ready queue then, and when the pending timers were due."""

    at: float
    who: str
    ready: list[str]
    timers: list[float]


@dataclasses.dataclass(frozen=True)
class Witnessed:
    """A program that was played: what came of it, what the observer saw and what was recorded."""

    told: Told
    seen: list[Seen]
    turns: list[Turn]


def witness(source: str, eager: bool = False, *, recorded: bool = True) -> Witnessed:
    """Play a program on an observed loop, with or without the recording of turns and lines."""
    clock = Clock()
    recorder = (TurnRecorder if recorded else Recorder)(lambda: clock.now_ns, "<program>")
    loop: Any = InstrumentedLoop(recorder, clock)
    seen: list[Seen] = []
    play = _Play(source, 1.0, eager)
    with _observed(loop, seen), _lines(recorder):
        told = play.run(loop, DeadlockError, lambda: False)
    return Witnessed(told, seen, recorder.turns if isinstance(recorder, TurnRecorder) else [])


@contextlib.contextmanager
def _observed(loop: Any, seen: list[Seen]) -> Iterator[None]:
    call = asyncio.Handle._run

    def run(handle: Any) -> None:
        if handle._loop is loop and not _is_plumbing(handle):
            ready = [_who(each) for each in loop._ready if not (each.cancelled() or _is_plumbing(each))]
            pending = sorted(timer.when() for timer in loop._scheduled if not timer.cancelled())
            seen.append(Seen(loop.time(), _who(handle), ready, pending))
        call(handle)

    asyncio.Handle._run = run  # type: ignore[method-assign]
    try:
        yield
    finally:
        asyncio.Handle._run = call  # type: ignore[method-assign]


@contextlib.contextmanager
def _lines(recorder: Recorder) -> Iterator[None]:
    if not isinstance(recorder, TurnRecorder):
        yield
        return
    recorder.begin_lines()
    try:
        yield
    finally:
        recorder.end_lines()


def _who(handle: Any) -> str:
    callback = handle._callback
    owner = getattr(callback, "__self__", None)
    return owner.get_name() if isinstance(owner, asyncio.Task) and "cancel" not in repr(callback) else A_CALLBACK


def _is_plumbing(handle: Any) -> bool:
    """True for the callback that empties the pipe by which threads wake the loop, which no recording shows."""
    return getattr(handle._callback, "__name__", "") == "_read_from_self"


def difference(witnessed: Witnessed) -> str:
    """Where the recording says something else than the observer; empty where it never does."""
    seen, turns = witnessed.seen, witnessed.turns
    if len(seen) != len(turns):
        return f"{len(seen)} turns were seen, and {len(turns)} recorded"
    for number, (theirs, turn) in enumerate(zip(seen, turns, strict=True), 1):
        tasks = {name for each in seen for name in (each.who, *each.ready)} - {A_CALLBACK}
        named = [name if name in tasks else A_CALLBACK for name in turn.ready]
        pairs = {
            "number": (number, turn.number),
            "second": (theirs.at, turn.at),
            "task": (theirs.who, turn.who),
            "callback": (theirs.who == A_CALLBACK, bool(turn.callback)),
            "ready queue": (theirs.ready[:MAX_NAMED], named),
            "rest of the ready queue": (len(theirs.ready[MAX_NAMED:]), turn.ready_more),
            "timers": (theirs.timers[:MAX_TIMERS], [timer.due for timer in turn.timers]),
            "rest of the timers": (len(theirs.timers[MAX_TIMERS:]), turn.timers_more),
        }
        for what, (was, said) in pairs.items():
            if was != said:
                return f"turn {number}, {what}: {was!r} was seen, {said!r} recorded"
    return ""


def differences(seeds: Iterable[int], *, timed: bool) -> Iterator[str]:
    """Programs whose recorded turns are not those of the loop, or that do something else when they are recorded."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for seed in seeds:
            program = make(seed, timed=timed)
            witnessed = witness(program.source, program.eager)
            plain = witness(program.source, program.eager, recorded=False)
            found = difference(witnessed)
            if witnessed.told != plain.told or witnessed.seen != plain.seen:
                found = found or "it does something else when its turns are recorded"
            if found:
                yield f"# Seed {seed}{', timed' if timed else ''}: {found}\n{program.source}"
