"""Mistake: each copy is awaited before the next one is sent.
Caught by: test_all_copies_wait_at_the_same_time
"""

import asyncio


async def send_all(send, addresses):
    sent, failed = [], []
    for address in addresses:
        try:
            sent.append((address, await send(address)))
        except Exception as error:
            failed.append((address, error))
    return sent, failed
