"""Mistake: except Exception does not see a cancellation, so a cancelled task closes nothing.
Caught by: test_it_closes_when_it_is_cancelled
"""


async def follow(connect, store):
    connection = await connect()
    stored = 0
    try:
        while (reading := await connection.receive()) is not None:
            store(reading)
            stored += 1
    except Exception:
        await connection.close()
        raise
    await connection.close()
    return stored
