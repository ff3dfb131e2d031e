"""Tries: poll with timers of the loop and without a single sleep.
For: 05_gather_and_wait/01_gather_basics
Must: earn nothing
"""

import asyncio


async def open_page(profile, orders, messages, customer):
    loop = asyncio.get_running_loop()
    tasks = [asyncio.ensure_future(each(customer)) for each in (profile, orders, messages)]
    while not tasks[0].done():
        tick = loop.create_future()
        loop.call_later(0.001, tick.set_result, None)
        await tick
    return {"profile": tasks[0].result()}
