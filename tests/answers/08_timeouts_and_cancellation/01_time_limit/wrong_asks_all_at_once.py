"""Mistake: all questions are asked at the same time, although the control centre answers one at a time.
Caught by: test_all_answers_in_time
"""

import asyncio


async def departures(ask, lines, seconds):
    async def one(line):
        try:
            async with asyncio.timeout(seconds):
                return await ask(line)
        except TimeoutError:
            return "no data"

    return await asyncio.gather(*(one(line) for line in lines))
