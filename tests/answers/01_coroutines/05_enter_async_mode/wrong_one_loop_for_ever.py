"""Mistake: one loop is made with the module and kept for all nights.
Caught by: test_the_event_loop_is_closed
"""

import asyncio

LOOP = asyncio.new_event_loop()


async def collect(ask, branches):
    takings = {}
    for branch in branches:
        takings[branch] = await ask(branch)
    return takings


def nightly_report(ask, branches):
    return LOOP.run_until_complete(collect(ask, branches))
