"""Mistake: a task with asyncio.sleep does the work, so each countdown has a task of its own.
Caught by: test_timers_and_a_future_do_it
"""

import asyncio


def countdown(seconds, tick):
    loop = asyncio.get_running_loop()
    start = loop.time()

    async def run():
        for left in reversed(range(seconds)):
            await asyncio.sleep(start + seconds - left - loop.time())
            tick(left)
        return "time is up"

    return asyncio.ensure_future(run())
