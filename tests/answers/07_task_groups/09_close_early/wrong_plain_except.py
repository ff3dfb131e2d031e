"""Mistake: except Found without a star never sees the exception in the group.
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

    try:
        async with asyncio.TaskGroup() as group:
            for store in stores:
                group.create_task(look(store))
    except Found as found:
        return found.args[0]
    return None
