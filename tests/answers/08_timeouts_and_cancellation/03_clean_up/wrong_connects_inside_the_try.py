"""Mistake: the try begins before there is a connection, so finally fails and hides what really happened.
Caught by: test_without_a_connection_there_is_nothing_to_close
"""


async def follow(connect, store):
    connection = None
    stored = 0
    try:
        connection = await connect()
        while (reading := await connection.receive()) is not None:
            store(reading)
            stored += 1
        return stored
    finally:
        await connection.close()
