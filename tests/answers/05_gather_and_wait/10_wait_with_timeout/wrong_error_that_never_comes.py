"""Mistake: the late ones are dealt with where a TimeoutError is caught, and wait raises none.
Caught by: test_the_late_airlines_are_named
"""

import asyncio


async def offers(ask, airlines, limit):
    tasks = {airline: asyncio.create_task(ask(airline)) for airline in airlines}
    if not tasks:
        return {}, []
    late = []
    try:
        await asyncio.wait(tasks.values(), timeout=limit)
    except TimeoutError:
        late = [airline for airline, task in tasks.items() if not task.done()]
        for airline in late:
            tasks[airline].cancel()
        await asyncio.gather(*tasks.values(), return_exceptions=True)
    there = {airline: task.result() for airline, task in tasks.items() if task.done()}
    return there, late
