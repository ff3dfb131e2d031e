"""Mistake: a dict remembers the coroutine objects, and wait is still given no tasks.
Caught by: test_every_host_has_its_own_state
"""

import asyncio


async def states(probe, hosts):
    probes = {host: probe(host) for host in hosts}
    if not probes:
        return {}
    done, _ = await asyncio.wait(probes.values())
    return {host: task.result() for host, task in probes.items() if task in done}
