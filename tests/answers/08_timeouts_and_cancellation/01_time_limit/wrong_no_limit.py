"""Mistake: the limit comes too late: the loop has run to its end before the block begins.
Caught by: test_the_limit_holds_for_all_together
"""

import asyncio


async def departures(ask, lines, seconds):
    board = [await ask(line) for line in lines]
    try:
        async with asyncio.timeout(seconds):
            return board
    except TimeoutError:
        return ["no data"] * len(lines)
