"""Mistake: the closing is made a task, and nobody waits for its end.
Caught by: test_it_closes_when_there_are_no_more
"""

import asyncio


async def follow(connect, store):
    connection = await connect()
    stored = 0
    try:
        while (reading := await connection.receive()) is not None:
            store(reading)
            stored += 1
    finally:
        closing = asyncio.create_task(connection.close())
        await asyncio.sleep(0)
    return stored
