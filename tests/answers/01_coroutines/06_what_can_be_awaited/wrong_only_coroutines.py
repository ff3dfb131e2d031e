"""Mistake: only coroutine objects count as awaitable, tasks and futures stay in the list.
Caught by: test_whatever_can_be_awaited_becomes_its_result
"""

import asyncio


async def resolve(parts):
    coroutines = {id(part): part for part in parts if asyncio.iscoroutine(part)}
    results = dict(zip(coroutines, await asyncio.gather(*coroutines.values())))
    return [results.get(id(part), part) for part in parts]
