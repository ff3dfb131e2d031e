"""Right: the write rings a bell when it has ended, however it ended."""

import asyncio


async def save(write, record):
    over = asyncio.Event()
    writing = asyncio.create_task(write(record), name=f"write {record}")
    writing.add_done_callback(lambda task: over.set())
    was_cancelled = False
    while not over.is_set():
        try:
            await over.wait()
        except asyncio.CancelledError:
            was_cancelled = True
    try:
        receipt = writing.result()
    except Exception as error:
        if not was_cancelled:
            raise
        print(f"not saved: {error}")
    if was_cancelled:
        raise asyncio.CancelledError("the shop closes")
    return receipt
