"""Mistake: the late requests are cancelled, and nobody waits until they have hung up.
Caught by: test_the_late_requests_have_ended
"""

import asyncio


async def offers(ask, airlines, limit):
    tasks = {airline: asyncio.create_task(ask(airline)) for airline in airlines}
    if not tasks:
        return {}, []
    done, pending = await asyncio.wait(tasks.values(), timeout=limit)
    for task in pending:
        task.cancel()
    there = {airline: task.result() for airline, task in tasks.items() if task in done}
    late = [airline for airline, task in tasks.items() if task in pending]
    return there, late
