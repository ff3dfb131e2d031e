"""Right: each task gives a pair of host and state."""

import asyncio


async def states(probe, hosts):
    async def pair(host):
        return host, await probe(host)

    pending = {asyncio.create_task(pair(host)) for host in hosts}
    ended = set()
    while pending:
        done, pending = await asyncio.wait(pending, return_when=asyncio.FIRST_COMPLETED)
        ended |= done
    return dict(task.result() for task in ended)
