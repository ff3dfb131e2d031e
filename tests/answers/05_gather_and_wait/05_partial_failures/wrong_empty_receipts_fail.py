"""Mistake: a receipt that counts as false is taken for a failure.
Caught by: test_empty_receipts_and_errors_without_text
"""

import asyncio


async def send_one(send, address):
    try:
        return await send(address), None
    except Exception as error:
        return None, error


async def send_all(send, addresses):
    ends = await asyncio.gather(*(send_one(send, address) for address in addresses))
    pairs = list(zip(addresses, ends))
    return (
        [(address, receipt) for address, (receipt, _) in pairs if receipt],
        [(address, error) for address, (receipt, error) in pairs if not receipt],
    )
