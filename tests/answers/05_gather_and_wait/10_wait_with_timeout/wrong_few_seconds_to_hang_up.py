"""Mistake: the cancelled requests are waited for, but for two seconds at most.
Caught by: test_the_late_requests_have_ended
"""

import asyncio


async def offers(ask, airlines, limit):
    if not airlines:
        return {}, []
    tasks = {airline: asyncio.create_task(ask(airline)) for airline in airlines}
    done, pending = await asyncio.wait(tasks.values(), timeout=limit)
    for task in pending:
        task.cancel()
    if pending:
        await asyncio.wait(pending, timeout=2)
    there = {airline: task.result() for airline, task in tasks.items() if task in done}
    return there, [airline for airline, task in tasks.items() if task in pending]
