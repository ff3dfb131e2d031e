"""Mistake: the borrowed loop is closed, so the second night finds it closed.
Caught by: test_it_works_night_after_night
"""

import asyncio


async def collect(ask, branches):
    takings = {}
    for branch in branches:
        takings[branch] = await ask(branch)
    return takings


def nightly_report(ask, branches):
    loop = asyncio.get_event_loop()
    try:
        return loop.run_until_complete(collect(ask, branches))
    finally:
        loop.close()
