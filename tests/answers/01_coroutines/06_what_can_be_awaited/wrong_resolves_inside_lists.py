"""Mistake: it reaches into lists among the parts.
Caught by: test_plain_parts_stay_as_they_are
"""

import asyncio
import inspect
from typing import Any


async def resolve(parts: list[Any]) -> list[Any]:

    async def deep(part):
        if isinstance(part, list):
            return [await deep(p) for p in part]
        return await tasks[id(part)] if id(part) in tasks else part

    tasks = {}
    def start(things):
        for p in things:
            if isinstance(p, list):
                start(p)
            elif inspect.isawaitable(p) and id(p) not in tasks:
                tasks[id(p)] = asyncio.ensure_future(p)
    start(parts)
    if tasks:
        await asyncio.gather(*tasks.values())
    return await deep(list(parts))
