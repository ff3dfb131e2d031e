"""Right: each question gets what is left of the time."""

import asyncio
import time


async def departures(ask, lines, seconds):
    deadline = time.monotonic() + seconds
    board = []
    for line in lines:
        left = deadline - time.monotonic()
        if left <= 0:
            board.append("no data")
            continue
        try:
            board.append(await asyncio.wait_for(ask(line), left))
        except TimeoutError:
            board.append("no data")
    return board
