"""Right: a task for each machine first, then your own chores in a row, then the rest of the machines."""

import asyncio


async def evening(do, chores):
    machines = {name: asyncio.create_task(do(name)) for name, needs_you in chores if not needs_you}
    texts = {}
    for name, needs_you in chores:
        if needs_you:
            texts[name] = await do(name)
    for name, task in machines.items():
        texts[name] = await task
    return [texts[name] for name, _ in chores]
