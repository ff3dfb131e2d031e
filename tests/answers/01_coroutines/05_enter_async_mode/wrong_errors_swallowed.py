"""Mistake: an error becomes an empty report.
Caught by: test_an_error_leaves_the_report_and_closes_the_loop
"""

import asyncio


async def collect(ask, branches):
    takings = {}
    for branch in branches:
        takings[branch] = await ask(branch)
    return takings


def nightly_report(ask, branches):
    try:
        return asyncio.run(collect(ask, branches))
    except Exception:
        return {}
