"""Mistake: the first error leaves while other probes are still under way.
Caught by: test_an_error_leaves_when_all_have_ended
"""

import asyncio


async def states(probe, hosts):
    tasks = {host: asyncio.create_task(probe(host)) for host in hosts}
    if tasks:
        await asyncio.wait(tasks.values(), return_when=asyncio.FIRST_EXCEPTION)
    for task in tasks.values():
        if task.done():
            task.result()
    return {host: task.result() for host, task in tasks.items()}
