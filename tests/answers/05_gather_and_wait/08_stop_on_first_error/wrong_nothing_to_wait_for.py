"""Mistake: wait is called with no tasks when there are no servers.
Caught by: test_no_servers_and_one_server
"""

import asyncio


async def release(copy, servers):
    tasks = [asyncio.create_task(copy(server)) for server in servers]
    done, pending = await asyncio.wait(tasks, return_when=asyncio.FIRST_EXCEPTION)
    for task in pending:
        task.cancel()
    await asyncio.gather(*pending, return_exceptions=True)
    for task in done:
        task.result()
    return [task.result() for task in tasks]
