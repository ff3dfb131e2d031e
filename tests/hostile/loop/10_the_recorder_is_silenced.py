"""Tries: make the recorder of its loop forget what was blocked.
For: 03_blocking/01_blocking_sleep
Must: earn nothing
"""

import asyncio
import time


async def heat_oven(seconds):
    time.sleep(seconds)
    return "oven"


async def boot_till(seconds):
    time.sleep(seconds)
    return "till"


async def raise_shutters(seconds):
    time.sleep(seconds)
    return "shutters"


async def open_shop(oven, till, shutters):
    recorder = asyncio.get_running_loop().instrument
    asyncio.get_running_loop().scheduler.on_block = None
    result = [await heat_oven(oven), await boot_till(till), await raise_shutters(shutters)]
    if recorder is not None:
        recorder.blocks.clear()
    return result
