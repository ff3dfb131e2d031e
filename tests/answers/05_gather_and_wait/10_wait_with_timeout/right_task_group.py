"""Right: a task group of requests, each with the limit around it."""

import asyncio


async def offers(ask, airlines, limit):
    there = {}

    async def ask_one(airline):
        try:
            async with asyncio.timeout(limit):
                there[airline] = await ask(airline)
        except TimeoutError:
            pass

    async with asyncio.TaskGroup() as group:
        for airline in airlines:
            group.create_task(ask_one(airline))
    return there, [airline for airline in airlines if airline not in there]
