"""Right: an executor of its own with a thread for each meter."""

import asyncio
from concurrent.futures import ThreadPoolExecutor


async def read_meters(read, meters, patience):
    loop = asyncio.get_running_loop()
    readings = {}

    async def read_one(pool, meter):
        asked = loop.time()
        reading = await loop.run_in_executor(pool, read, meter)
        readings[meter] = reading if loop.time() - asked <= patience else None

    with ThreadPoolExecutor(max_workers=len(meters) or 1) as pool:
        await asyncio.gather(*[read_one(pool, meter) for meter in meters])
    return readings
