"""Right: everything is made a future first, then awaited one after another."""

import asyncio
from collections.abc import Awaitable


async def resolve(parts):
    futures = {}
    for part in parts:
        if isinstance(part, Awaitable) and id(part) not in futures:
            futures[id(part)] = asyncio.ensure_future(part)
    return [await futures[id(part)] if id(part) in futures else part for part in parts]
