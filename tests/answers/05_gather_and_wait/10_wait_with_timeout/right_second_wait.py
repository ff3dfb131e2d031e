"""Right: a second wait joins what was cancelled, and the tasks are asked how they ended."""

import asyncio


async def offers(ask, airlines, limit):
    tasks = [asyncio.create_task(ask(airline)) for airline in airlines]
    if tasks:
        _, pending = await asyncio.wait(tasks, timeout=limit)
        if pending:
            for task in pending:
                task.cancel()
            await asyncio.wait(pending)
    there, late = {}, []
    for airline, task in zip(airlines, tasks):
        if task.cancelled():
            late.append(airline)
        else:
            there[airline] = task.result()
    return there, late
