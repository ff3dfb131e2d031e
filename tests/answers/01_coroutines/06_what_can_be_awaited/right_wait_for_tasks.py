import asyncio
import inspect


async def resolve(parts):
    tasks = {}
    for part in parts:
        if inspect.isawaitable(part) and id(part) not in tasks:
            tasks[id(part)] = asyncio.ensure_future(part)
    if tasks:
        await asyncio.wait(tasks.values())
    return [tasks[id(part)].result() if id(part) in tasks else part for part in parts]
