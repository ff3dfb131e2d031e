"""time.sleep holds up everybody; asyncio.sleep only the one who waits."""

import asyncio
import time


async def heartbeat():
    for beat in range(3):
        print("beat", beat)
        await asyncio.sleep(1)


async def report():
    await asyncio.sleep(0.5)
    time.sleep(2)  # the heart stands still
    print("the report is written")


async def main():
    async with asyncio.TaskGroup() as group:
        group.create_task(heartbeat(), name="heartbeat")
        group.create_task(report(), name="report")


asyncio.run(main())
