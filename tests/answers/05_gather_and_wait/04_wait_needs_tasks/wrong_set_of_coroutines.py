"""Mistake: the list of coroutine objects became a set of coroutine objects.
Caught by: test_every_host_has_its_own_state
"""

import asyncio


async def states(probe, hosts):
    if not hosts:
        return {}
    done, _ = await asyncio.wait({probe(host) for host in hosts})
    return {host: task.result() for host, task in zip(hosts, done)}
