"""Right: a task group with the machines and one task for your own row."""

import asyncio


async def evening(do, chores):
    texts = [""] * len(chores)

    async def row(places):
        for place in places:
            texts[place] = await do(chores[place][0])

    async with asyncio.TaskGroup() as group:
        group.create_task(row([place for place, (_, needs_you) in enumerate(chores) if needs_you]))
        for place, (_, needs_you) in enumerate(chores):
            if not needs_you:
                group.create_task(row([place]))
    return texts
