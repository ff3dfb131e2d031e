"""Mistake: a loop looks again and again whether the task is done, and leaves it running when the time is up.
Caught by: test_nothing_goes_on_after_the_limit
"""

import asyncio
import time


async def departures(ask, lines, seconds):
    board = ["no data"] * len(lines)

    async def ask_all():
        for place, line in enumerate(lines):
            board[place] = await ask(line)

    task = asyncio.create_task(ask_all())
    deadline = time.monotonic() + seconds
    while not task.done() and time.monotonic() < deadline:
        await asyncio.sleep(0.1)
    if task.done():
        task.result()
    return board
