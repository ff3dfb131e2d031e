"""Mistake: it prints although nobody cancelled.
Caught by: test_a_write_in_peace
"""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any


async def save(write, record):
    task = asyncio.create_task(write(record))
    stop = None
    while not task.done():
        try:
            await asyncio.wait([task])
        except asyncio.CancelledError as e:
            stop = e
    if task.exception():
        print(f"not saved: {task.exception()}")
    if stop:
        raise stop
    return task.result()
