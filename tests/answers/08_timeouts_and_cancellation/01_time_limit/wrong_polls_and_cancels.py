"""Mistake: a loop looks again and again whether the time is up, and is on time only where a look falls on it.
Caught by: test_the_limit_holds_for_all_together
"""

import asyncio


async def departures(ask, lines, seconds):
    board = []

    async def ask_all():
        for line in lines:
            board.append(await ask(line))

    if not lines:
        return []
    loop = asyncio.get_running_loop()
    deadline = loop.time() + seconds
    asking = asyncio.create_task(ask_all())
    try:
        while not asking.done() and loop.time() < deadline:
            await asyncio.sleep(0.1)
    finally:
        if not asking.done():
            asking.cancel()
            await asyncio.wait([asking])
    if not asking.cancelled():
        asking.result()
    return board + ["no data"] * (len(lines) - len(board))
