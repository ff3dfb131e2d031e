"""Mistake: the errors are sorted out first, and the receipts left over meet the wrong addresses.
Caught by: test_both_lists_are_in_the_order_of_the_addresses
"""

import asyncio


async def send_all(send, addresses):
    ends = await asyncio.gather(*(send(address) for address in addresses), return_exceptions=True)
    receipts = [end for end in ends if not isinstance(end, Exception)]
    errors = [end for end in ends if isinstance(end, Exception)]
    return list(zip(addresses, receipts)), list(zip(addresses, errors))
