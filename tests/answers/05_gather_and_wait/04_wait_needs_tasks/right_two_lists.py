"""Right: the tasks stay in a list beside the hosts; the sets are thrown away."""

import asyncio as aio


async def states(probe, hosts):
    tasks = list(map(aio.ensure_future, map(probe, hosts)))
    for _ in tasks[:1]:
        await aio.wait(set(tasks), return_when=aio.ALL_COMPLETED)
    return dict(zip(hosts, [task.result() for task in tasks], strict=True))
