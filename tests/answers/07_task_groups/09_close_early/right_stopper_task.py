"""Right: a further task of the group waits for the find and then raises a private exception.
"""

import asyncio


class CloseGroup(Exception):
    pass


async def close(signal):
    await signal.wait()
    raise CloseGroup


async def find_suitcase(search, stores):
    result = None
    signal = asyncio.Event()
    left = len(stores)

    async def look(store):
        nonlocal result, left
        place = await search(store)
        left -= 1
        if place is not None:
            result = place
        if place is not None or left == 0:
            signal.set()

    if not stores:
        return None
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(close(signal))
            for store in stores:
                group.create_task(look(store))
    except* CloseGroup:
        pass
    return result
