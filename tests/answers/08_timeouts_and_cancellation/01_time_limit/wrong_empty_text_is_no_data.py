"""Mistake: an empty answer is taken for none.
Caught by: test_all_answers_in_time
"""

import asyncio


async def departures(ask, lines, seconds):
    board = [""] * len(lines)
    try:
        async with asyncio.timeout(seconds):
            for place, line in enumerate(lines):
                board[place] = await ask(line)
    except TimeoutError:
        pass
    return [text or "no data" for text in board]
