"""Mistake: the function becomes a coroutine function, which the old program cannot call.
Caught by: test_the_report_is_what_collect_gives
"""


async def collect(ask, branches):
    takings = {}
    for branch in branches:
        takings[branch] = await ask(branch)
    return takings


async def nightly_report(ask, branches):
    return await collect(ask, branches)
