"""Mistake: an error is put into the list like a result.
Caught by: test_an_error_leaves_resolve
"""

import asyncio
import inspect


async def resolve(parts):
    waiting = {id(part): part for part in parts if inspect.isawaitable(part)}
    results = dict(zip(waiting, await asyncio.gather(*waiting.values(), return_exceptions=True)))
    return [results.get(id(part), part) for part in parts]
