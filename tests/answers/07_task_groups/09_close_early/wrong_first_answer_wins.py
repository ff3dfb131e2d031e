"""Mistake: the first answer closes the group, also when it is None.
Caught by: test_the_place_is_returned
"""

import asyncio


class Done(Exception):
    pass


async def find_suitcase(search, stores):
    answer = None

    async def look(store):
        nonlocal answer
        answer = await search(store)
        raise Done

    try:
        async with asyncio.TaskGroup() as group:
            for store in stores:
                group.create_task(look(store))
    except* Done:
        pass
    return answer
