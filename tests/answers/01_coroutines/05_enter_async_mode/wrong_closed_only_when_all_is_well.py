"""Mistake: the loop is closed after the result, so an error leaves it open.
Caught by: test_an_error_leaves_the_report_and_closes_the_loop
"""

import asyncio


async def collect(ask, branches):
    takings = {}
    for branch in branches:
        takings[branch] = await ask(branch)
    return takings


def nightly_report(ask, branches):
    loop = asyncio.new_event_loop()
    result = loop.run_until_complete(collect(ask, branches))
    loop.close()
    return result
