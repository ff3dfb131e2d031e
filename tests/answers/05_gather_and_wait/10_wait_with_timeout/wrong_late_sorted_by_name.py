"""Mistake: the set has no order, so the late airlines are sorted by name.
Caught by: test_the_late_airlines_are_named
"""

import asyncio


async def offers(ask, airlines, limit):
    airline_of = {asyncio.create_task(ask(airline)): airline for airline in airlines}
    if not airline_of:
        return {}, []
    done, pending = await asyncio.wait(airline_of, timeout=limit)
    for task in pending:
        task.cancel()
    await asyncio.gather(*pending, return_exceptions=True)
    return {airline_of[task]: task.result() for task in done}, sorted(airline_of[task] for task in pending)
