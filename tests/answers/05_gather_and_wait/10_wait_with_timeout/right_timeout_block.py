"""Right: a time-out around gather cancels all of them; what was there has been kept."""

import asyncio


async def offers(ask, airlines, limit):
    there = {}

    async def ask_one(airline):
        there[airline] = await ask(airline)

    tasks = [asyncio.create_task(ask_one(airline)) for airline in airlines]
    try:
        async with asyncio.timeout(limit):
            await asyncio.gather(*tasks)
    except TimeoutError:
        await asyncio.gather(*tasks, return_exceptions=True)
    return there, [airline for airline in airlines if airline not in there]
