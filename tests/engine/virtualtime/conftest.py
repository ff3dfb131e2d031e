"""Runs coroutines on virtual time, and tells how much real time that took."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Iterator
from typing import Any

import pytest

from kata.virtualtime import Clock, VirtualLoop, arrivals, time_patches

Play = Callable[..., Any]


@pytest.fixture
def play() -> Play:
    """``play(main())`` runs a coroutine on a fresh virtual clock and returns its result."""

    def run(main: Coroutine[Any, Any, Any], *, clock: Clock | None = None, debug: bool = False) -> Any:
        with asyncio.Runner(loop_factory=lambda: VirtualLoop(clock), debug=debug) as runner:
            return runner.run(main)

    return run


@pytest.fixture
def real_seconds() -> Iterator[Callable[[], float]]:
    """``real_seconds()`` tells the real seconds since the test began."""
    start = time_patches.real_perf_counter()
    yield lambda: time_patches.real_perf_counter() - start


@pytest.fixture(autouse=True)
def nothing_else_is_open(monkeypatch: pytest.MonkeyPatch) -> None:
    """What other tests of this process have open, such as connections to their sandbox, is nobody's business here."""
    every = arrivals._all_descriptors
    before = frozenset(every())
    monkeypatch.setattr(arrivals, "_all_descriptors", lambda: [number for number in every() if number not in before])
