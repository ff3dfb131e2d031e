"""Right: the thread measures its own time, and the loop hands out the calls."""

import asyncio
import time


async def read_meters(read, meters, patience):
    def timed(meter):
        asked = time.perf_counter()
        reading = read(meter)
        return reading if time.perf_counter() - asked <= patience else None

    tasks = {meter: asyncio.create_task(asyncio.to_thread(timed, meter)) for meter in meters}
    return {meter: await task for meter, task in tasks.items()}
