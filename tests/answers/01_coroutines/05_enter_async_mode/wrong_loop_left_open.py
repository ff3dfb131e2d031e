"""Mistake: a new event loop is made and never closed.
Caught by: test_the_event_loop_is_closed
"""

import asyncio


async def collect(ask, branches):
    takings = {}
    for branch in branches:
        takings[branch] = await ask(branch)
    return takings


def nightly_report(ask, branches):
    loop = asyncio.new_event_loop()
    return loop.run_until_complete(collect(ask, branches))
