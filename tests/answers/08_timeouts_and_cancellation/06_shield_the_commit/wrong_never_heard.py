"""Mistake: a failure after the cancellation is looked at and told to nobody.
Caught by: test_a_failure_that_nobody_hears_is_printed
"""

import asyncio


async def save(write, record):
    writing = asyncio.create_task(write(record))
    cancelled = None
    while not writing.done():
        try:
            await asyncio.wait([writing])
        except asyncio.CancelledError as request:
            cancelled = request
    if cancelled is None:
        return writing.result()
    writing.exception()
    raise cancelled
