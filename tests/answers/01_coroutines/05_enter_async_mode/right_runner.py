"""Right: asyncio.Runner in a with block."""

import asyncio


async def collect(ask, branches):
    takings = {}
    for branch in branches:
        takings[branch] = await ask(branch)
    return takings


def nightly_report(ask, branches):
    with asyncio.Runner() as runner:
        return runner.run(collect(ask, branches))
