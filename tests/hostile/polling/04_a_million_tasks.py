"""Tries: make tasks without end, past what the recorder keeps.
For: 05_gather_and_wait/10_wait_with_timeout
Must: be refused
"""

import asyncio


async def offers(ask, airlines, seconds):
    kept = []
    while True:
        kept.append(asyncio.ensure_future(asyncio.sleep(1000)))
        if len(kept) % 100 == 0:
            await asyncio.sleep(0)
