"""Mistake: gather takes the place of wait.
Caught by: test_wait_does_the_waiting
"""

import asyncio


async def states(probe, hosts):
    answers = await asyncio.gather(*(probe(host) for host in hosts))
    return dict(zip(hosts, answers))
