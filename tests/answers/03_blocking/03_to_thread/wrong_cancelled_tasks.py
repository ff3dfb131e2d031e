"""Mistake: cancels the late tasks and waits for them; the tasks end, the threads run on.
Caught by: test_it_returns_when_every_call_has_come_back
"""

import asyncio


async def read_meters(read, meters, patience):
    tasks = {meter: asyncio.create_task(asyncio.to_thread(read, meter)) for meter in meters}
    if tasks:
        _, late = await asyncio.wait(tasks.values(), timeout=patience)
        for task in late:
            task.cancel()
        await asyncio.gather(*late, return_exceptions=True)
    return {meter: None if task.cancelled() else task.result() for meter, task in tasks.items()}
