import asyncio
import time


async def beat(beats):
    while True:
        beats.append(time.monotonic())
        await asyncio.sleep(0.05)


async def compute(yields):
    total = 0
    for number in range(6):
        end = time.monotonic() + 0.05
        while time.monotonic() < end:
            total += number
        if yields:
            await asyncio.sleep(0)


async def main():
    for yields in (False, True):
        beats = []
        task = asyncio.create_task(beat(beats))
        await asyncio.sleep(0)
        await compute(yields)
        task.cancel()
        print("with yields" if yields else "without", len(beats) > 3)


asyncio.run(main())
