"""Right: everything is gathered, and a lock stands for the one of you; it is fair, so the order is kept."""

import asyncio


async def evening(do, chores):
    you = asyncio.Lock()

    async def chore(name, needs_you):
        if not needs_you:
            return await do(name)
        async with you:
            return await do(name)

    return list(await asyncio.gather(*(chore(name, needs_you) for name, needs_you in chores)))
