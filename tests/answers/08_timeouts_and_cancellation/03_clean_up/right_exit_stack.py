"""Right: an exit stack closes on every way out."""

from contextlib import AsyncExitStack


async def follow(connect, store):
    async with AsyncExitStack() as stack:
        connection = await connect()
        stack.push_async_callback(connection.close)
        stored = 0
        while True:
            reading = await connection.receive()
            if reading is None:
                return stored
            store(reading)
            stored += 1
