"""Mistake: the first done project that was not shown yet gets the outcome.
Caught by: test_the_result_is_the_order_of_ending
"""

import asyncio
from collections.abc import Awaitable, Callable

Build = Callable[[str], Awaitable[str]]
Show = Callable[[str, str], None]


async def follow(build, projects, show):
    tasks = {p: asyncio.create_task(build(p)) for p in projects}
    order = []
    for nxt in asyncio.as_completed(tasks.values()):
        try: out = await nxt
        except Exception as e: out = f"failed: {e}"
        for p, t in tasks.items():
            if t.done() and p not in order:
                show(p, out); order.append(p); break
    return order
