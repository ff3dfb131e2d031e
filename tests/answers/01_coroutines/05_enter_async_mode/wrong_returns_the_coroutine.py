"""Mistake: the coroutine object is returned and nobody runs it.
Caught by: test_the_report_is_what_collect_gives
"""


async def collect(ask, branches):
    takings = {}
    for branch in branches:
        takings[branch] = await ask(branch)
    return takings


def nightly_report(ask, branches):
    return collect(ask, branches)
