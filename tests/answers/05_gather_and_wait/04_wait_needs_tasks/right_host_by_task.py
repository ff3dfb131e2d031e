"""Right: the dict goes from task to host, and the set is walked through."""

import asyncio


async def states(probe, hosts):
    if not hosts:
        return {}
    host_of = {asyncio.create_task(probe(host)): host for host in hosts}
    done, _ = await asyncio.wait(host_of)
    return {host_of[task]: task.result() for task in done}
