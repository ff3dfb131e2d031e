"""Mistake: close() is called and not awaited, so nothing is closed.
Caught by: test_it_closes_when_it_is_cancelled
"""


async def follow(connect, store):
    connection = await connect()
    stored = 0
    try:
        while (reading := await connection.receive()) is not None:
            store(reading)
            stored += 1
    finally:
        connection.close()
    return stored
