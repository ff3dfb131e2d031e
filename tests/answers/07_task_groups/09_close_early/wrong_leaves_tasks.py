"""Mistake: plain tasks, and the first place is returned while the other searches go on.
Caught by: test_the_other_searches_are_stopped
"""

import asyncio


async def find_suitcase(search, stores):
    for done in asyncio.as_completed([search(store) for store in stores]):
        place = await done
        if place is not None:
            return place
    return None
