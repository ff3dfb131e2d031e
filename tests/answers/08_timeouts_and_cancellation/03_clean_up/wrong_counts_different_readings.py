"""Mistake: the readings are counted in a set, where two equal ones are one.
Caught by: test_readings_are_stored_and_counted
"""



async def follow(connect, store):
    connection = await connect()
    stored = set()
    try:
        while (reading := await connection.receive()) is not None:
            store(reading)
            stored.add(reading)
    finally:
        await connection.close()
    return len(stored)
