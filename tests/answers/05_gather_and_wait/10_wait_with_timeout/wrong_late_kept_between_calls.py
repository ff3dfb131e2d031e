"""Mistake: the list of the late stands outside the function and keeps those of the last call.
Caught by: test_all_late_or_no_airlines
"""

import asyncio


late = []


async def offers(ask, airlines, limit):
    if not airlines:
        return {}, []
    tasks = {airline: asyncio.create_task(ask(airline)) for airline in airlines}
    done, pending = await asyncio.wait(tasks.values(), timeout=limit)
    for task in pending:
        task.cancel()
    await asyncio.gather(*pending, return_exceptions=True)
    late.extend(airline for airline, task in tasks.items() if task in pending)
    return {airline: task.result() for airline, task in tasks.items() if task in done}, late
