"""Right: opening and closing as a context manager of its own."""

import contextlib


@contextlib.asynccontextmanager
async def connected(connect):
    connection = await connect()
    try:
        yield connection
    finally:
        await connection.close()


async def follow(connect, store):
    number = 0
    async with connected(connect) as connection:
        while (reading := await connection.receive()) is not None:
            store(reading)
            number += 1
    return number
