"""Right: as_completed has a time-out that does raise."""

import asyncio


async def offers(ask, airlines, limit):
    tasks = {airline: asyncio.ensure_future(ask(airline)) for airline in airlines}
    try:
        for following in asyncio.as_completed(tasks.values(), timeout=limit):
            await following
    except TimeoutError:
        pass
    late = [airline for airline in airlines if not tasks[airline].done()]
    for airline in late:
        tasks[airline].cancel()
    for airline in late:
        await asyncio.wait({tasks[airline]})
    return {airline: tasks[airline].result() for airline in airlines if airline not in late}, late
