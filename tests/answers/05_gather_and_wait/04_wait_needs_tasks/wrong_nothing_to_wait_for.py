"""Mistake: wait is called with no tasks when there are no hosts.
Caught by: test_no_hosts_and_one_host
"""

import asyncio


async def states(probe, hosts):
    tasks = {host: asyncio.create_task(probe(host)) for host in hosts}
    await asyncio.wait(tasks.values())
    return {host: task.result() for host, task in tasks.items()}
