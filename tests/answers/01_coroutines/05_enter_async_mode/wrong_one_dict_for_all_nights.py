"""Mistake: all nights share one dict, so a later night changes an earlier report.
Caught by: test_it_works_night_after_night
"""

import asyncio

REPORT = {}


async def collect(ask, branches):
    takings = {}
    for branch in branches:
        takings[branch] = await ask(branch)
    return takings


def nightly_report(ask, branches):
    REPORT.clear()
    REPORT.update(asyncio.run(collect(ask, branches)))
    return REPORT
