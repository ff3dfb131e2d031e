"""Right: both ways written out, and everything that was caught is raised again."""


async def follow(connect, store):
    connection = await connect()
    readings = []
    try:
        reading = await connection.receive()
        while reading is not None:
            store(reading)
            readings.append(reading)
            reading = await connection.receive()
    except BaseException:
        await connection.close()
        raise
    else:
        await connection.close()
    return len(readings)
