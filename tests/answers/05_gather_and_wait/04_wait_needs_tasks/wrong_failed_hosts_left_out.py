"""Mistake: hosts whose probe failed are left out, and the error with them.
Caught by: test_an_error_leaves_when_all_have_ended
"""

import asyncio


async def states(probe, hosts):
    tasks = {host: asyncio.create_task(probe(host)) for host in hosts}
    if tasks:
        await asyncio.wait(tasks.values())
    return {host: task.result() for host, task in tasks.items() if not task.exception()}
