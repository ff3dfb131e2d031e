"""Waits shorter than the clock's grain end, and leave the nanoseconds exact."""

import asyncio
import time

from kata.virtualtime import VirtualLoop


def test_a_wait_for_what_floats_leave_over_ends():
    async def main():
        loop = asyncio.get_running_loop()
        turns = 0
        for tenths in range(1, 30):
            for more in range(1, 30):
                deadline = loop.time() + tenths / 10 + more / 10
                await asyncio.sleep(tenths / 10)
                while (left := deadline - loop.time()) > 0:
                    await asyncio.sleep(left)
                    turns += 1
                    assert turns < 5_000
        return round(loop.elapsed, 9)

    with asyncio.Runner(loop_factory=VirtualLoop) as runner:
        assert runner.run(main()) == sum((a + b) for a in range(1, 30) for b in range(1, 30)) / 10


def test_it_ends_for_a_blocking_sleep_too():
    async def main():
        deadline = time.monotonic() + 17.3 + 3.6e-15
        turns = 0
        while (left := deadline - time.monotonic()) > 0:
            time.sleep(left)
            turns += 1
            assert turns < 10
        return asyncio.get_running_loop().elapsed

    with asyncio.Runner(loop_factory=VirtualLoop) as runner:
        assert runner.run(main()) == 17.3


def test_joining_a_pool_from_a_worker_takes_no_virtual_time():
    from concurrent.futures import ThreadPoolExecutor

    async def main():
        loop = asyncio.get_running_loop()
        pool = ThreadPoolExecutor(1)
        await loop.run_in_executor(pool, time.sleep, 1)
        far = asyncio.create_task(asyncio.sleep(100))
        await asyncio.sleep(0)
        await asyncio.to_thread(pool.shutdown)
        far.cancel()
        return loop.elapsed

    with asyncio.Runner(loop_factory=VirtualLoop) as runner:
        assert runner.run(main()) == 1
