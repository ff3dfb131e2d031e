"""Tries: end its process while a thread of the world's waits for it, so that the thread alone hears of the end.
For: 06_futures/04_from_another_thread
Must: be refused
"""

import asyncio
import os


async def take_picture(snap):
    loop = asyncio.get_running_loop()
    snap(lambda picture: os._exit(0), lambda error: os._exit(0))
    await loop.create_future()
