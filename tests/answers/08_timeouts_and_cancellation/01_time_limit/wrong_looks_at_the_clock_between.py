"""Mistake: the clock is looked at between questions only, so a slow answer is waited for to its end.
Caught by: test_the_limit_holds_for_all_together
"""

import time


async def departures(ask, lines, seconds):
    deadline = time.monotonic() + seconds
    board = []
    for line in lines:
        board.append(await ask(line) if time.monotonic() < deadline else "no data")
    return board
