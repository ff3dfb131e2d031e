"""Mistake: the loop is borrowed from get_event_loop and left open; newer versions have none to lend.
Caught by: test_the_event_loop_is_closed
"""

import asyncio


async def collect(ask, branches):
    takings = {}
    for branch in branches:
        takings[branch] = await ask(branch)
    return takings


def nightly_report(ask, branches):
    loop = asyncio.get_event_loop()
    return loop.run_until_complete(collect(ask, branches))
