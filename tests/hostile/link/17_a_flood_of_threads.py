"""Tries: report thousands of blocking calls from threads, each of which the world would answer in a thread of its own.
For: 06_futures/04_from_another_thread
Must: earn nothing
"""

import asyncio


async def take_picture(snap):
    link = asyncio.get_running_loop().scheduler.partner
    began = type(link).began.__globals__["Began"]
    for target in range(1, 6):
        for number in range(10_000):
            link.event(began(target * 100_000 + number, target, [None, None], {}, 0, None, True, True))
    await asyncio.sleep(0)
    return "picture"
