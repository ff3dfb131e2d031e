"""Mistake: every question gets the whole limit, so many slow ones add up.
Caught by: test_the_limit_holds_for_all_together
"""

import asyncio


async def departures(ask, lines, seconds):
    board = []
    for line in lines:
        try:
            async with asyncio.timeout(seconds):
                board.append(await ask(line))
        except TimeoutError:
            board.append("no data")
    return board
