"""Right: a thread of the pool waits at a queue for threads."""

import asyncio
import queue


async def take_picture(snap):
    came = queue.Queue()
    snap(came.put, came.put)
    value = await asyncio.to_thread(came.get)
    if isinstance(value, Exception):
        raise value
    return value
