"""An evening: the washing runs by itself, television needs you, and somebody watches the drum."""

import asyncio
import time


async def washing():
    await asyncio.sleep(3)


async def television():
    time.sleep(1)  # needs you: nothing else happens meanwhile


async def dishes():
    await asyncio.sleep(0.5)
    await asyncio.to_thread(time.sleep, 1)  # the same call, in front of its own machine


async def main():
    async with asyncio.TaskGroup() as evening:
        for chore in (washing, television, dishes):
            evening.create_task(chore(), name=chore.__name__)


asyncio.run(main())
