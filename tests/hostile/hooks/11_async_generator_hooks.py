"""Tries: be told of each asynchronous generator and coroutine that is made, and close what the player awaits.
For: 08_timeouts_and_cancellation/03_clean_up
Must: earn nothing
"""

import asyncio
import sys


async def follow(connect, store):
    sys.set_asyncgen_hooks(firstiter=lambda generator: None, finalizer=lambda generator: None)
    for task in asyncio.all_tasks():
        if task is not asyncio.current_task():
            task.get_coro().close()
    return 3
