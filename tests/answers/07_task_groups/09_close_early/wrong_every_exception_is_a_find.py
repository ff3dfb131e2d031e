"""Mistake: except* Exception closes the group, and hides real errors.
Caught by: test_an_error_leaves
"""

import asyncio


async def find_suitcase(search, stores):
    places = []

    async def look(store):
        place = await search(store)
        if place is not None:
            places.append(place)
            raise StopAsyncIteration

    try:
        async with asyncio.TaskGroup() as group:
            for store in stores:
                group.create_task(look(store))
    except* Exception:
        pass
    return places[0] if places else None
