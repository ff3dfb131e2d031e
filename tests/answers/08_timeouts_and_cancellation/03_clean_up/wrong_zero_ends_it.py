"""Mistake: the loop takes a reading of 0 for the end.
Caught by: test_readings_are_stored_and_counted
"""


async def follow(connect, store):
    connection = await connect()
    stored = 0
    try:
        while reading := await connection.receive():
            store(reading)
            stored += 1
    finally:
        await connection.close()
    return stored
