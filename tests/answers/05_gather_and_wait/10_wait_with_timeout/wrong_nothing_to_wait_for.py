"""Mistake: wait is called with no tasks when there are no airlines.
Caught by: test_all_late_or_no_airlines
"""

import asyncio


async def offers(ask, airlines, limit):
    tasks = {airline: asyncio.create_task(ask(airline)) for airline in airlines}
    done, pending = await asyncio.wait(tasks.values(), timeout=limit)
    for task in pending:
        task.cancel()
    await asyncio.gather(*pending, return_exceptions=True)
    there = {airline: task.result() for airline, task in tasks.items() if task in done}
    late = [airline for airline, task in tasks.items() if task in pending]
    return there, late
