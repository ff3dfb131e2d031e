"""Mistake: the closing stands behind the loop, where only the normal end comes along.
Caught by: test_it_closes_after_an_error
"""


async def follow(connect, store):
    connection = await connect()
    stored = 0
    while (reading := await connection.receive()) is not None:
        store(reading)
        stored += 1
    await connection.close()
    return stored
