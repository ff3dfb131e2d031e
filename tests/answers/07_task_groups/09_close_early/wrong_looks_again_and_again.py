"""Mistake: a loop looks every tenth of a second whether it has been found.
Caught by: test_the_other_searches_are_stopped
"""

import asyncio


async def find_suitcase(search, stores):
    tasks = [asyncio.create_task(search(s)) for s in stores]

    def hit():
        return [
            t for t in tasks if t.done() and not t.cancelled() and (t.exception() or t.result() is not None)
        ]

    try:
        while not hit() and not all(t.done() for t in tasks):
            await asyncio.sleep(0.1)
        found = hit()
    finally:
        for t in tasks:
            t.cancel()
        if tasks:
            await asyncio.wait(tasks)
    bad = [t.exception() for t in found if t.exception()]
    if bad:
        raise ExceptionGroup("search", bad)
    return found[0].result() if found else None
