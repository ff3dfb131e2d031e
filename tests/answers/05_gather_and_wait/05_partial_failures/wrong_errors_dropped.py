"""Mistake: errors are left out and nobody learns of them.
Caught by: test_all_or_none_of_them_fail
"""

import asyncio


async def send_all(send, addresses):
    ends = await asyncio.gather(*(send(address) for address in addresses), return_exceptions=True)
    return [(a, end) for a, end in zip(addresses, ends) if not isinstance(end, Exception)], []
