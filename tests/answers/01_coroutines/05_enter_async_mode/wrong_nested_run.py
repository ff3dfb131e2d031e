"""Mistake: asyncio.run inside a coroutine, where a loop is already running.
Caught by: test_the_report_is_what_collect_gives
"""

import asyncio


async def collect(ask, branches):
    takings = {}
    for branch in branches:
        takings[branch] = await ask(branch)
    return takings


async def run_collect(ask, branches):
    return asyncio.run(collect(ask, branches))


def nightly_report(ask, branches):
    return asyncio.run(run_collect(ask, branches))
