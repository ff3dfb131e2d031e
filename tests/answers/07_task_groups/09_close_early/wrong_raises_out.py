"""Mistake: the private exception is raised and caught nowhere.
Caught by: test_the_place_is_returned
"""

import asyncio


class Found(Exception):
    pass


async def find_suitcase(search, stores):
    async def look(store):
        place = await search(store)
        if place is not None:
            raise Found(place)

    async with asyncio.TaskGroup() as group:
        for store in stores:
            group.create_task(look(store))
    return None
