"""Right: gather makes the tasks and keeps the order."""

import asyncio


async def copy_all(copy, folders):
    return await asyncio.gather(*map(copy, folders))
