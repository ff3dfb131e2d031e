"""Mistake: the CancelledError is caught beside the TimeoutError, so a cancellation from outside is swallowed.
Caught by: test_only_the_limit_is_caught
"""

import asyncio


async def departures(ask, lines, seconds):
    board = ["no data"] * len(lines)
    try:
        async with asyncio.timeout(seconds):
            for place, line in enumerate(lines):
                board[place] = await ask(line)
    except (TimeoutError, asyncio.CancelledError):
        pass
    return board
