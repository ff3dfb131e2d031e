"""Right: an inner coroutine reads; the outer one closes, behind a shield."""

import asyncio


async def read(connection, store):
    stored = 0
    while True:
        match await connection.receive():
            case None:
                return stored
            case reading:
                store(reading)
                stored += 1


async def follow(connect, store):
    connection = await connect()
    try:
        return await read(connection, store)
    finally:
        await asyncio.shield(connection.close())
