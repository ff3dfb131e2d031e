"""Mistake: it sleeps for the whole limit although all offers are there.
Caught by: test_all_in_time
"""

import asyncio


async def offers(ask, airlines, limit):
    tasks = {airline: asyncio.create_task(ask(airline)) for airline in airlines}
    if not tasks:
        return {}, []
    await asyncio.sleep(limit)
    late = [airline for airline, task in tasks.items() if not task.done()]
    for airline in late:
        tasks[airline].cancel()
    await asyncio.gather(*tasks.values(), return_exceptions=True)
    return {airline: task.result() for airline, task in tasks.items() if airline not in late}, late
