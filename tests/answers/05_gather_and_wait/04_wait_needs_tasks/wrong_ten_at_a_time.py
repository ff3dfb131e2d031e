"""Mistake: a semaphore lets only ten probes begin at a time.
Caught by: test_all_probes_wait_at_the_same_time
"""

import asyncio


async def states(probe, hosts):
    places = asyncio.Semaphore(10)

    async def run(host):
        async with places:
            return await probe(host)

    tasks = {host: asyncio.create_task(run(host)) for host in hosts}
    if tasks:
        await asyncio.wait(tasks.values())
    return {host: task.result() for host, task in tasks.items()}
