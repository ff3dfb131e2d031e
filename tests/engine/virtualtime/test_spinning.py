"""A thread that goes round in circles until another one changes something is left behind by the clock."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable

import pytest

from kata.virtualtime import Clock, spinning, time_patches
from kata.virtualtime.liveness import COMPUTING
from kata.virtualtime.spinning import LOOKS, Spinning

pytestmark = pytest.mark.once


class Worker:
    """A thread that does something again and again until it is told to end."""

    def __init__(self, work: Callable[[Worker], None]) -> None:
        self.ends = False
        self.thread = threading.Thread(target=work, args=(self,))

    def __enter__(self) -> Worker:
        self.thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.ends = True
        self.thread.join()


def spin(worker: Worker) -> None:
    while not worker.ends:
        pass


def spin_in_a_call(worker: Worker) -> None:
    def ends() -> bool:
        return worker.ends

    while not ends():
        pass


def count(worker: Worker) -> None:
    number = 0
    while not worker.ends:
        number += 1


@pytest.mark.parametrize("work", [spin, spin_in_a_call])
def test_a_thread_that_waits_in_a_loop_spins(work) -> None:
    seen = Spinning()
    with Worker(work) as worker:
        while not seen.seen(worker.thread.ident, worker.thread.native_id, 0.0):
            time.sleep(0.001)


def test_a_thread_that_counts_does_not_spin(monkeypatch) -> None:
    monkeypatch.setattr(spinning, "BETWEEN", 0.001)
    seen = Spinning()
    with Worker(count) as worker:
        for _ in range(20 * LOOKS):
            time.sleep(0.001)
            assert not seen.seen(worker.thread.ident, worker.thread.native_id, 0.0)


def test_another_run_of_the_thread_is_looked_at_anew() -> None:
    seen = Spinning()
    with Worker(spin) as worker:
        while not seen.seen(worker.thread.ident, worker.thread.native_id, 0.0):
            time.sleep(0.001)
        assert not seen.seen(worker.thread.ident, worker.thread.native_id, 1.0)


def test_a_thread_that_has_not_begun_or_has_ended_does_not_spin() -> None:
    with Worker(spin) as worker:
        pass
    assert not Spinning().seen(None, None, 0.0)
    assert not Spinning().seen(worker.thread.ident, worker.thread.native_id, 0.0)


def test_the_clock_goes_on_without_a_thread_that_spins(play) -> None:
    done: list[bool] = []
    seen_at: list[float] = []

    def wait() -> None:
        while not done:
            pass
        seen_at.append(time.monotonic())

    async def main() -> None:
        thread = threading.Thread(target=wait)
        thread.start()
        await asyncio.sleep(3600)
        done.append(True)
        await asyncio.to_thread(thread.join)

    clock = Clock()
    clock.creeps = True
    play(main(), clock=clock)
    assert seen_at == [3600]


def test_other_threads_are_not_looked_into_where_that_is_not_allowed(play, monkeypatch) -> None:
    def compute() -> None:
        began = time_patches.real_perf_counter()
        while time_patches.real_perf_counter() - began < 2 * COMPUTING:
            pass

    async def main() -> None:
        await asyncio.gather(asyncio.to_thread(compute), asyncio.sleep(1))

    monkeypatch.setattr(Spinning, "seen", lambda *_: pytest.fail("looked into a thread"))
    play(main())
