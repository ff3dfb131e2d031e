"""Mistake: only the whole is made a task, and the probes in it run one after another.
Caught by: test_all_probes_wait_at_the_same_time
"""

import asyncio


async def states(probe, hosts):
    async def everything():
        return {host: await probe(host) for host in hosts}

    task = asyncio.create_task(everything())
    await asyncio.wait([task])
    return task.result()
