"""Right: the finder cancels the caller out of the block, and the request is taken back exactly.
"""

import asyncio


async def find_suitcase(search, stores):
    caller = asyncio.current_task()
    places = []

    async def look(store):
        place = await search(store)
        if place is not None:
            places.append(place)
            if len(places) == 1:
                caller.cancel("found")

    try:
        async with asyncio.TaskGroup() as group:
            for store in stores:
                group.create_task(look(store))
    except asyncio.CancelledError:
        if not places or caller.uncancel() > 0:
            raise
    return places[0] if places else None
