"""Mistake: the others are cancelled, and nobody waits until they have ended.
Caught by: test_it_returns_when_all_are_locked_up
"""

import asyncio


async def find_suitcase(search, stores):
    pending = {asyncio.create_task(search(store)) for store in stores}
    try:
        while pending:
            done, pending = await asyncio.wait(pending, return_when=asyncio.FIRST_COMPLETED)
            errors = [task.exception() for task in done if task.exception()]
            if errors:
                raise ExceptionGroup("failed", errors)
            for task in done:
                if task.result() is not None:
                    return task.result()
        return None
    finally:
        for task in pending:
            task.cancel()
