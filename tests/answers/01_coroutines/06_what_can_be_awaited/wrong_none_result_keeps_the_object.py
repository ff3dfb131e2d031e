"""Mistake: a result that counts as false leaves the object where it stands.
Caught by: test_whatever_can_be_awaited_becomes_its_result
"""

import asyncio
import inspect
from typing import Any


async def resolve(parts: list[Any]) -> list[Any]:

    unique = {id(p): p for p in parts if inspect.isawaitable(p)}
    values = dict(zip(unique, await asyncio.gather(*unique.values())))
    return [values.get(id(p)) or p for p in parts]
