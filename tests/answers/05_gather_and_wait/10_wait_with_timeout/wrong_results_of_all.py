"""Mistake: every task is asked for its result, also those that were cancelled.
Caught by: test_the_late_airlines_are_named
"""

import asyncio


async def offers(ask, airlines, limit):
    tasks = {airline: asyncio.create_task(ask(airline)) for airline in airlines}
    if not tasks:
        return {}, []
    done, pending = await asyncio.wait(tasks.values(), timeout=limit)
    for task in pending:
        task.cancel()
    await asyncio.gather(*pending, return_exceptions=True)
    return {airline: task.result() for airline, task in tasks.items()}, []
