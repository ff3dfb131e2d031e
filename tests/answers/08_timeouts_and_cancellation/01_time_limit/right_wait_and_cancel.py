"""Right: a task, asyncio.wait with a limit, and the task is cancelled and joined whatever happens."""

import asyncio


async def departures(ask, lines, seconds):
    board = dict.fromkeys(range(len(lines)), "no data")

    async def ask_all():
        for place, line in enumerate(lines):
            board[place] = await ask(line)

    asking = asyncio.create_task(ask_all())
    try:
        done, _ = await asyncio.wait([asking], timeout=seconds)
    finally:
        asking.cancel()
        await asyncio.wait([asking])
    for task in done:
        task.result()
    return list(board.values())
