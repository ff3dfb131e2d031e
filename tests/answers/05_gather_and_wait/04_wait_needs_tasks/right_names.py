"""Right: each task bears the name of its host."""

import asyncio


async def states(probe, hosts):
    tasks = [asyncio.create_task(probe(host), name=host) for host in hosts]
    result = {}
    if tasks:
        done, pending = await asyncio.wait(tasks)
        assert not pending
        for task in done:
            result[task.get_name()] = await task
    return result
