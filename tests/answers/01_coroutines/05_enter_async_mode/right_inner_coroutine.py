"""Right: asyncio.run with a coroutine function of its own."""

from asyncio import run


async def collect(ask, branches):
    takings = {}
    for branch in branches:
        takings[branch] = await ask(branch)
    return takings


def nightly_report(ask, branches):
    async def job():
        report = await collect(ask, branches)
        return dict(report)

    report = run(job())
    return report
