"""Mistake: it asks again when the supplier itself gives up.
Caught by: test_an_answer_in_time_is_the_result
"""

import asyncio
from collections.abc import Awaitable, Callable

Ask = Callable[[str], Awaitable[str]]


async def offer(ask, supplier, seconds):
    try:
        async with asyncio.timeout(seconds):
            while True:
                try:
                    return await ask(supplier)
                except TimeoutError:
                    continue
    except TimeoutError:
        return "no offer"


async def all_offers(ask: Ask, suppliers: list[str], seconds: float) -> list[str]:
    return await asyncio.gather(*(offer(ask, supplier, seconds) for supplier in suppliers))
