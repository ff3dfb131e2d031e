"""Mistake: the finder cancels the task that called find_suitcase, to get out of the group.
Caught by: test_the_caller_goes_on
"""

import asyncio


async def find_suitcase(search, stores):
    caller = asyncio.current_task()
    places = []

    async def look(store):
        place = await search(store)
        if place is not None:
            places.append(place)
            caller.cancel()

    async with asyncio.TaskGroup() as group:
        for store in stores:
            group.create_task(look(store))
    return places[0] if places else None
