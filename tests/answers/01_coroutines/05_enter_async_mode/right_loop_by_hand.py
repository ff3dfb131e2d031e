"""Right: a loop of its own, closed whatever happens."""

import asyncio


async def collect(ask, branches):
    takings = {}
    for branch in branches:
        takings[branch] = await ask(branch)
    return takings


def nightly_report(ask, branches):
    loop = asyncio.new_event_loop()
    try:
        return loop.run_until_complete(collect(ask, branches))
    finally:
        loop.close()
