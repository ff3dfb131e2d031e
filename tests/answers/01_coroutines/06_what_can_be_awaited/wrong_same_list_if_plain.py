"""Mistake: without anything to await, the list itself comes back, not a new one.
Caught by: test_an_empty_list_stays_empty
"""

import asyncio
import inspect
from typing import Any


async def resolve(parts: list[Any]) -> list[Any]:

    unique = {id(p): p for p in parts if inspect.isawaitable(p)}
    if not unique:
        return parts
    values = dict(zip(unique, await asyncio.gather(*unique.values())))
    return [values.get(id(p), p) for p in parts]
