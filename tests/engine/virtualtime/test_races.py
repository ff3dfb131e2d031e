"""Threads that ask the loop again and again: no moment exists in which the clock runs away."""

import asyncio
import sys

import pytest

from kata.virtualtime import VirtualLoop


@pytest.fixture
def restless():
    """Threads change every few microseconds instead of every few milliseconds, to meet as many moments as possible."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-5)
    yield
    sys.setswitchinterval(before)


@pytest.mark.parametrize("seconds", [0, 0.5])
def test_questions_from_threads_never_let_the_clock_run_away(restless, seconds):
    async def answer(number):
        await asyncio.sleep(seconds)
        return number

    async def main():
        loop = asyncio.get_running_loop()

        def ask(times):
            got = []
            for number in range(times):
                # The time-out is far away: were the clock to jump there by mistake, TimeoutError would come.
                got.append(asyncio.run_coroutine_threadsafe(answer(number), loop).result(timeout=1000))
            return got

        results = await asyncio.gather(*(asyncio.to_thread(ask, 150) for _ in range(6)))
        return results, loop.elapsed

    with asyncio.Runner(loop_factory=VirtualLoop) as runner:
        results, elapsed = runner.run(main())
    assert results == [list(range(150))] * 6
    assert elapsed == 150 * seconds
