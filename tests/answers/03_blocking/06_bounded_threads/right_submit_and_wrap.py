"""Right: the pool's own futures are wrapped for the event loop, and the closing happens in another thread."""

import asyncio
from concurrent.futures import ThreadPoolExecutor


async def scan(check, files):
    pool = ThreadPoolExecutor(max_workers=2)
    try:
        jobs = [asyncio.wrap_future(pool.submit(check, file)) for file in files]
        found = await asyncio.gather(*jobs, return_exceptions=True)
    finally:
        await asyncio.to_thread(pool.shutdown)
    for text in found:
        if isinstance(text, Exception):
            raise text
    return list(found)
