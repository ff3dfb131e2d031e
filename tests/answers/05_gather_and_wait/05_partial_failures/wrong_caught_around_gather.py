"""Mistake: the error is caught around gather, so one failure loses everything else.
Caught by: test_an_error_stops_nobody
"""

import asyncio


async def send_all(send, addresses):
    try:
        receipts = await asyncio.gather(*(send(address) for address in addresses))
    except Exception as error:
        return [], [(addresses[0], error)]
    return list(zip(addresses, receipts)), []
