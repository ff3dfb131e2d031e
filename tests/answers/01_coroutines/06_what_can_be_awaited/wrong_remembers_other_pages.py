"""Mistake: results are kept from call to call, and a new object can have the `id` of one that is gone.
Caught by: test_the_same_object_is_awaited_once
"""

import asyncio
import inspect

RESULTS = {}


async def resolve(parts):
    waiting = {id(part): part for part in parts if inspect.isawaitable(part) and id(part) not in RESULTS}
    RESULTS.update(zip(waiting, await asyncio.gather(*waiting.values())))
    return [RESULTS[id(part)] if inspect.isawaitable(part) else part for part in parts]
