"""Mistake: a coroutine object that stands in two places is awaited in each of them.
Caught by: test_the_same_object_is_awaited_once
"""

import asyncio
import inspect


async def resolve(parts):
    async def value_of(part):
        return await part if inspect.isawaitable(part) else part

    return await asyncio.gather(*(value_of(part) for part in parts))
