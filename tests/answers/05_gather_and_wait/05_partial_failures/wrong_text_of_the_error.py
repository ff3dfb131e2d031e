"""Mistake: the text of the error is kept, not the error.
Caught by: test_both_lists_are_in_the_order_of_the_addresses
"""

import asyncio


async def send_all(send, addresses):
    ends = await asyncio.gather(*(send(address) for address in addresses), return_exceptions=True)
    pairs = list(zip(addresses, ends))
    return (
        [(address, end) for address, end in pairs if not isinstance(end, Exception)],
        [(address, str(end)) for address, end in pairs if isinstance(end, Exception)],
    )
