"""Mistake: a dict keyed by address drops the second of two equal addresses.
Caught by: test_all_copies_wait_at_the_same_time
"""

import asyncio


async def send_all(send, addresses):
    once = list(dict.fromkeys(addresses))
    ends = await asyncio.gather(*(send(address) for address in once), return_exceptions=True)
    pairs = list(zip(once, ends))
    return (
        [(address, end) for address, end in pairs if not isinstance(end, Exception)],
        [(address, end) for address, end in pairs if isinstance(end, Exception)],
    )
