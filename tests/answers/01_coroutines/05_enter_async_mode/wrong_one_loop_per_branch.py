"""Mistake: each branch is asked in an event loop of its own.
Caught by: test_the_event_loop_is_closed
"""

import asyncio


async def collect(ask, branches):
    takings = {}
    for branch in branches:
        takings[branch] = await ask(branch)
    return takings


def nightly_report(ask, branches):
    takings = {}
    for branch in branches:
        takings.update(asyncio.run(collect(ask, [branch])))
    return takings
