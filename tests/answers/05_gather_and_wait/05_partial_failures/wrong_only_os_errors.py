"""Mistake: only OSError counts as a failure; other errors pass as receipts.
Caught by: test_all_or_none_of_them_fail
"""

import asyncio


async def send_all(send, addresses):
    ends = await asyncio.gather(*(send(address) for address in addresses), return_exceptions=True)
    pairs = list(zip(addresses, ends))
    return (
        [(address, end) for address, end in pairs if not isinstance(end, OSError)],
        [(address, end) for address, end in pairs if isinstance(end, OSError)],
    )
