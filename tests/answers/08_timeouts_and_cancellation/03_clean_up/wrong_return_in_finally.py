"""Mistake: a return in finally throws away the error and the cancellation that were under way.
Caught by: test_it_closes_after_an_error
"""


async def follow(connect, store):
    connection = await connect()
    stored = 0
    try:
        while (reading := await connection.receive()) is not None:
            store(reading)
            stored += 1
    finally:
        await connection.close()
        return stored
