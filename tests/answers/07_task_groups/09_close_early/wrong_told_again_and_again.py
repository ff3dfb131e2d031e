"""Mistake: the others are cancelled again and again until they have ended, which breaks into their locking up.
Caught by: test_it_returns_when_all_are_locked_up
"""

import asyncio


async def find_suitcase(search, stores):
    tasks = [asyncio.create_task(search(store)) for store in stores]
    pending, place = set(tasks), None
    try:
        while pending and place is None:
            done, pending = await asyncio.wait(pending, return_when=asyncio.FIRST_COMPLETED)
            errors = [task.exception() for task in done if task.exception()]
            if errors:
                raise ExceptionGroup("failed", errors)
            place = next((task.result() for task in done if task.result() is not None), None)
    finally:
        while not all(task.done() for task in tasks):
            for task in tasks:
                task.cancel()
            await asyncio.sleep(0)
    return place
