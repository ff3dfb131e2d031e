"""Mistake: wait is called for each task alone, before the next one is made.
Caught by: test_all_probes_wait_at_the_same_time
"""

import asyncio


async def states(probe, hosts):
    result = {}
    for host in hosts:
        task = asyncio.create_task(probe(host))
        await asyncio.wait([task])
        result[host] = task.result()
    return result
