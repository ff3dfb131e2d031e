"""Mistake: the finder cancels the others and then raises, so that the group tells them a second time.
Caught by: test_it_returns_when_all_are_locked_up
"""

import asyncio


class Found(Exception):
    pass


async def find_suitcase(search, stores):
    tasks = []

    async def look(store):
        place = await search(store)
        if place is not None:
            for task in tasks:
                if task is not asyncio.current_task():
                    task.cancel()
            raise Found(place)

    place = None
    try:
        async with asyncio.TaskGroup() as group:
            for store in stores:
                tasks.append(group.create_task(look(store)))
    except* Found as found:
        place = found.exceptions[0].args[0]
    return place


