"""Mistake: the failure is printed as often as save was cancelled.
Caught by: test_a_failure_that_nobody_hears_is_printed
"""

import asyncio


async def save(write, record):
    writing = asyncio.create_task(write(record))
    requests = []
    while not writing.done():
        try:
            await asyncio.wait([writing])
        except asyncio.CancelledError as request:
            requests.append(request)
    for _ in requests:
        if writing.exception():
            print(f"not saved: {writing.exception()}")
    if requests:
        raise requests[-1]
    return writing.result()
