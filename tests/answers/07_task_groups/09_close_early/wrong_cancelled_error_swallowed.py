"""Mistake: the caller is cancelled and the CancelledError swallowed, whoever it came from.
Caught by: test_a_cancelled_caller_ends_as_cancelled
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

    try:
        async with asyncio.TaskGroup() as group:
            for store in stores:
                group.create_task(look(store))
    except asyncio.CancelledError:
        pass
    return places[0] if places else None
