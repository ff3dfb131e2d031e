"""Mistake: the connection is closed where the cancellation is caught, and again in finally.
Caught by: test_it_closes_when_it_is_cancelled
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
    finally:
        await connection.close()
    return stored
