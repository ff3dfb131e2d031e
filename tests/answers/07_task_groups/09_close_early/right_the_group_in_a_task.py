"""Right: the whole group runs in a task of its own, which is cancelled and joined.
"""

import asyncio


async def find_suitcase(search, stores):
    found = []

    async def look(store):
        place = await search(store)
        if place is not None and not found:
            found.append(place)
            everybody.cancel()

    async def search_all():
        async with asyncio.TaskGroup() as group:
            for store in stores:
                group.create_task(look(store))

    everybody = asyncio.create_task(search_all())
    try:
        await asyncio.wait([everybody])
    except asyncio.CancelledError:
        everybody.cancel()
        await asyncio.wait([everybody])
        raise
    if not everybody.cancelled():
        everybody.result()
    return found[0] if found else None
