"""Mistake: the cancelled task closes, everything else is forgotten: errors leave the connection open.
Caught by: test_it_closes_after_an_error
"""

import asyncio


async def follow(connect, store):
    connection = await connect()
    stored = 0
    try:
        while (reading := await connection.receive()) is not None:
            store(reading)
            stored += 1
    except asyncio.CancelledError:
        await connection.close()
        raise
    await connection.close()
    return stored
