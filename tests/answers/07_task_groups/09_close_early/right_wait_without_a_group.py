"""Right: no group at all: wait for the first, cancel and join the rest.
"""

import asyncio


async def find_suitcase(search, stores):
    tasks = [asyncio.ensure_future(search(store)) for store in stores]
    pending, place = set(tasks), None
    try:
        while pending and place is None:
            done, pending = await asyncio.wait(pending, return_when=asyncio.FIRST_COMPLETED)
            errors = [task.exception() for task in done if task.exception()]
            if errors:
                raise ExceptionGroup("searches failed", errors)
            place = next((task.result() for task in done if task.result() is not None), None)
        return place
    finally:
        for task in pending:
            task.cancel()
        await asyncio.gather(*pending, return_exceptions=True)
