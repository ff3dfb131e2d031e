"""Mistake: believes that processes share one GIL.
Caught by: test_computing_in_processes
"""

import asyncio
import threading
import time

SECONDS: dict[str, float | None] = {
    "waiting_in_gather": 0.4,
    "waiting_in_threads": 0.4,
    "computing_in_gather": 0.6,
    "computing_in_threads": 0.6,
    "computing_in_processes": 0.6,
}


def new_gil() -> threading.Semaphore:
    return threading.Semaphore(1)  # one thread at a time; the others stand in line


def compute(seconds: float, gil: threading.Semaphore) -> None:
    with gil:
        time.sleep(seconds)


async def waiting_in_gather() -> None:
    await asyncio.gather(asyncio.sleep(0.4), asyncio.sleep(0.2))


async def waiting_in_threads() -> None:
    await asyncio.gather(asyncio.to_thread(time.sleep, 0.4), asyncio.to_thread(time.sleep, 0.2))


async def computing_in_gather() -> None:
    gil = new_gil()

    async def job(seconds: float) -> None:
        compute(seconds, gil)

    await asyncio.gather(job(0.4), job(0.2))


async def computing_in_threads() -> None:
    gil = new_gil()
    await asyncio.gather(asyncio.to_thread(compute, 0.4, gil), asyncio.to_thread(compute, 0.2, gil))


async def computing_in_processes() -> None:
    one, other = new_gil(), new_gil()
    await asyncio.gather(asyncio.to_thread(compute, 0.4, one), asyncio.to_thread(compute, 0.2, other))


def main() -> None:
    if None in SECONDS.values():
        print("Fill in SECONDS first; then this shows what really happens.")
        return
    for way in (
        waiting_in_gather,
        waiting_in_threads,
        computing_in_gather,
        computing_in_threads,
        computing_in_processes,
    ):
        started = time.perf_counter()
        asyncio.run(way())
        print(f"{way.__name__}: {time.perf_counter() - started:.1f} seconds")


if __name__ == "__main__":
    main()
