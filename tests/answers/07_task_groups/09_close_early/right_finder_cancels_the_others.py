"""Right: the task that finds it cancels its siblings; a cancelled task is no failure of the group.
"""

import asyncio


async def find_suitcase(search, stores):
    tasks, places = [], []

    async def look(store):
        place = await search(store)
        if place is not None and not places:
            places.append(place)
            for task in tasks:
                if task is not asyncio.current_task():
                    task.cancel()

    async with asyncio.TaskGroup() as group:
        for store in stores:
            tasks.append(group.create_task(look(store)))
    return places[0] if places else None
