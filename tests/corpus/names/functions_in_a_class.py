"""Clock functions held by a class stay plain functions, as those written in C do."""

import asyncio
import time
from dataclasses import dataclass
from typing import Callable


class Stopwatch:
    clock = time.perf_counter
    pause = time.sleep
    ask = input

    def __enter__(self):
        self.begun = self.clock()
        return self

    def __exit__(self, *_):
        self.took = self.clock() - self.begun


@dataclass
class Limiter:
    every: float
    now: Callable[[], float] = time.monotonic
    last: float = 0.0

    async def wait(self):
        left = self.last + self.every - self.now()
        if left > 0:
            await asyncio.sleep(left)
        self.last = self.now()


async def main():
    with Stopwatch() as watch:
        await asyncio.sleep(0.2)
        watch.pause(0.1)
    print(f"{watch.took:.1f}")
    limiter = Limiter(0.1)
    with Stopwatch() as watch:
        for _ in range(3):
            await limiter.wait()
    print(f"{watch.took:.1f}", limiter.now is time.monotonic)


asyncio.run(main())
