"""Computing is not waiting.

A team tries five ways to do two jobs, of 0.4 and 0.2 seconds, "at the same time".

Task:
    Predict how many seconds each of the five coroutine functions takes. Fill in SECONDS, with plain numbers.

Example:
    One job alone, computing for 0.3 seconds in another thread, takes 0.3 seconds.

How computing is modelled:
    While a Python thread computes, it must hold a lock of its process, the GIL. `compute` plays that: it
    holds such a lock, and sleeps. Each process has its own GIL and processor, so a thread with its own lock
    stands for another process.

Leave everything else as it is. Once SECONDS is filled in, running this file shows the real seconds.
"""

import asyncio
import threading
import time

SECONDS: dict[str, float | None] = {
    "waiting_in_gather": None,
    "waiting_in_threads": None,
    "computing_in_gather": None,
    "computing_in_threads": None,
    "computing_in_processes": None,
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
