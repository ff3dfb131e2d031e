"""Mistake: unpacks a single exception, so two finds at the same moment end in a ValueError.
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

    place = None
    try:
        async with asyncio.TaskGroup() as group:
            for store in stores:
                group.create_task(look(store))
    except* Found as stopped:
        [found] = stopped.exceptions
        place = found.args[0]
    return place
