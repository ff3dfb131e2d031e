"""Mistake: the late requests are awaited in place of being cancelled.
Caught by: test_the_late_requests_are_cancelled
"""

import asyncio


async def offers(ask, airlines, limit):
    tasks = {airline: asyncio.create_task(ask(airline)) for airline in airlines}
    if not tasks:
        return {}, []
    done, pending = await asyncio.wait(tasks.values(), timeout=limit)
    if pending:
        await asyncio.wait(pending)
    there = {airline: task.result() for airline, task in tasks.items() if task in done}
    late = [airline for airline, task in tasks.items() if task in pending]
    return there, late
