"""Mistake: waits for an event that is set only when the write succeeds, so after a failure it waits for ever.
Caught by: test_a_failure_that_nobody_hears_is_printed
"""

import asyncio


async def save(write, record):
    written = asyncio.Event()

    async def write_and_tell():
        receipt = await write(record)
        written.set()
        return receipt

    writing = asyncio.create_task(write_and_tell())
    try:
        return await asyncio.shield(writing)
    except asyncio.CancelledError:
        while not written.is_set():
            try:
                await written.wait()
            except asyncio.CancelledError:
                pass
        raise
