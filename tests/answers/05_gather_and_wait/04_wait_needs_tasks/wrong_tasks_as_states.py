"""Mistake: the dict holds the tasks, not their results.
Caught by: test_every_host_has_its_own_state
"""

import asyncio


async def states(probe, hosts):
    tasks = {host: asyncio.create_task(probe(host)) for host in hosts}
    if tasks:
        await asyncio.wait(tasks.values())
    return tasks
