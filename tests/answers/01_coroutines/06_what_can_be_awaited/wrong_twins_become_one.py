"""Mistake: a set removes the second of two equal parts.
Caught by: test_the_same_object_is_awaited_once
"""

import asyncio
import inspect


async def resolve(parts):
    seen = []
    for part in parts:
        if not any(part is other for other in seen):
            seen.append(part)
    waiting = {id(part): part for part in seen if inspect.isawaitable(part)}
    results = dict(zip(waiting, await asyncio.gather(*waiting.values())))
    return [results.get(id(part), part) for part in seen]
