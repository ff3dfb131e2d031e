"""Right: wait_for limits, cancels and joins each request; they all begin at the same time."""

import asyncio
from contextlib import suppress


async def offers(ask, airlines, limit):
    there = {}

    async def ask_one(airline):
        with suppress(TimeoutError):
            there[airline] = await asyncio.wait_for(ask(airline), limit)

    await asyncio.gather(*(ask_one(airline) for airline in airlines))
    return there, [airline for airline in airlines if airline not in there]
