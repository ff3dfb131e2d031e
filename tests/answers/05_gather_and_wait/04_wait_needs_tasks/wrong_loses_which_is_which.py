"""Mistake: the tasks are made, and the hosts are paired with the members of a set.
Caught by: test_every_host_has_its_own_state
"""

import asyncio


async def states(probe, hosts):
    if not hosts:
        return {}
    tasks = [asyncio.create_task(probe(host)) for host in hosts]
    done, _ = await asyncio.wait(tasks)
    return {host: task.result() for host, task in zip(hosts, done)}
