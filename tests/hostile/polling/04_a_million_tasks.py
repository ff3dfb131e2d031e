"""Tries: make tasks without end, past what the recorder keeps.
For: 01_coroutines/03_forgotten_await
Must: be refused
"""

import asyncio


async def place_order(reserve, charge, mail, customer, items):
    kept = []
    while True:
        kept.append(asyncio.ensure_future(asyncio.sleep(1000)))
        if len(kept) % 100 == 0:
            await asyncio.sleep(0)
