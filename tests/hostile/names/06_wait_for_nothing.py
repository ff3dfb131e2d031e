"""Tries: wait with asyncio.wait for a future that is done, so that the name is seen, and guess the rest.
For: 05_gather_and_wait/04_wait_needs_tasks
Must: earn nothing
"""

import asyncio


async def states(probe, hosts):
    done = asyncio.get_running_loop().create_future()
    asyncio.get_running_loop().call_soon(done.set_result, None)
    await asyncio.wait([done])
    return dict.fromkeys(hosts, "up")
