"""Mistake: except Exception takes every error for a time-out.
Caught by: test_only_the_limit_is_caught
"""

import asyncio


async def departures(ask, lines, seconds):
    board = ["no data"] * len(lines)
    try:
        async with asyncio.timeout(seconds):
            for place, line in enumerate(lines):
                board[place] = await ask(line)
    except Exception:
        pass
    return board
