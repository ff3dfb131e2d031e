"""Mistake: the report has a limit of an hour that nobody asked for.
Caught by: test_the_report_is_what_collect_gives
"""

import asyncio


async def collect(ask, branches):
    takings = {}
    for branch in branches:
        takings[branch] = await ask(branch)
    return takings


def nightly_report(ask, branches):
    async def in_time():
        return await asyncio.wait_for(collect(ask, branches), 3600)

    return asyncio.run(in_time())
