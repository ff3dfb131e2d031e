"""Mistake: wait is given a time-out that nobody asked for, and slow hosts are missing.
Caught by: test_all_probes_wait_at_the_same_time
"""

import asyncio


async def states(probe, hosts):
    tasks = {host: asyncio.create_task(probe(host)) for host in hosts}
    if tasks:
        await asyncio.wait(tasks.values(), timeout=30)
    return {host: task.result() for host, task in tasks.items() if task.done()}
