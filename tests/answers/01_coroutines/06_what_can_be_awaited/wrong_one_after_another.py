"""Mistake: each part is awaited before the next one is looked at.
Caught by: test_all_parts_wait_at_the_same_time
"""

import inspect


async def resolve(parts):
    results = {}
    for part in parts:
        if inspect.isawaitable(part) and id(part) not in results:
            results[id(part)] = await part
    return [results.get(id(part), part) for part in parts]
