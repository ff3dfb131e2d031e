"""Mistake: an error that a part gives as its result is taken for one that it raised.
Caught by: test_whatever_can_be_awaited_becomes_its_result
"""

import asyncio
import inspect


async def resolve(parts):
    waiting = {id(part): part for part in parts if inspect.isawaitable(part)}
    results = dict(zip(waiting, await asyncio.gather(*waiting.values(), return_exceptions=True)))
    for result in results.values():
        if isinstance(result, Exception):
            raise result
    return [results.get(id(part), part) for part in parts]
