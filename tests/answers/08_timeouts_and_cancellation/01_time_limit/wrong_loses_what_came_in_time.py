"""Mistake: the fallback replaces the whole board, with the answers that came in time.
Caught by: test_what_is_missing_is_no_data
"""

import asyncio


async def departures(ask, lines, seconds):
    try:
        async with asyncio.timeout(seconds):
            return [await ask(line) for line in lines]
    except TimeoutError:
        return ["no data"] * len(lines)
