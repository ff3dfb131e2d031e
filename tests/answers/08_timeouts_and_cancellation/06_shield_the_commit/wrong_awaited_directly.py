"""Mistake: the write is awaited directly, so the cancellation goes through to it.
Caught by: test_the_write_is_not_disturbed
"""


async def save(write, record):
    return await write(record)
