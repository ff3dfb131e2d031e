"""Mistake: the order is repaired, but asyncio.wait still does the waiting.
Caught by: test_gather_does_the_waiting
"""

import asyncio


async def fetch_all(fetch, urls):
    tasks = [asyncio.create_task(fetch(url)) for url in urls]
    if tasks:
        await asyncio.wait(tasks)
    return [task.result() for task in tasks]
