"""Throughput of event loops. One loop and one workload a process: ``python -m bench.loops LOOP WORKLOAD N``."""

from __future__ import annotations

import asyncio
import sys
import time
from collections.abc import Callable, Coroutine
from typing import Any

now = time.perf_counter


def stock() -> asyncio.AbstractEventLoop:
    return asyncio.SelectorEventLoop()


def virtual() -> asyncio.AbstractEventLoop:
    from kata.virtualtime import VirtualLoop

    return VirtualLoop()


def recorded() -> asyncio.AbstractEventLoop:
    from kata.virtualtime import Clock, InstrumentedLoop, Recorder

    clock = Clock()
    return InstrumentedLoop(Recorder(lambda: clock.now_ns, __file__), clock)


def looptime() -> asyncio.AbstractEventLoop:
    import looptime as library

    loop = library.new_event_loop()
    loop.setup_looptime()
    return loop


def solipsism() -> asyncio.AbstractEventLoop:
    import async_solipsism

    return async_solipsism.EventLoop()


async def turns(n: int) -> None:
    """One task gives way n times."""
    for _ in range(n):
        await asyncio.sleep(0)


async def timers(n: int) -> None:
    """One task sleeps n times for a second."""
    for _ in range(n):
        await asyncio.sleep(1)


async def tasks(n: int) -> None:
    """n tasks sleep for a second together."""
    await asyncio.gather(*(asyncio.sleep(1) for _ in range(n)))


async def queues(n: int) -> None:
    """n items go through a queue of ten places."""
    queue: asyncio.Queue[int] = asyncio.Queue(10)

    async def produce() -> None:
        for item in range(n):
            await queue.put(item)

    async def consume() -> None:
        for _ in range(n):
            await queue.get()

    await asyncio.gather(produce(), consume())


LOOPS: dict[str, Callable[[], asyncio.AbstractEventLoop]] = {
    "stock": stock,
    "virtual": virtual,
    "recorded": recorded,
    "looptime": looptime,
    "solipsism": solipsism,
}
WORKLOADS: dict[str, Callable[[int], Coroutine[Any, Any, None]]] = {
    "turns": turns,
    "timers": timers,
    "tasks": tasks,
    "queues": queues,
}


def measure(loop: str, workload: str, n: int) -> float:
    """The best of three runs, in real seconds for n units of work."""
    best = float("inf")
    for _ in range(3):
        with asyncio.Runner(loop_factory=LOOPS[loop]) as runner:
            runner.get_loop()
            start = now()
            runner.run(WORKLOADS[workload](n))
            best = min(best, now() - start)
    return best


if __name__ == "__main__":
    print(measure(sys.argv[1], sys.argv[2], int(sys.argv[3])))
