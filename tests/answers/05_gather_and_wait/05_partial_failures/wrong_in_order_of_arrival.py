"""Mistake: each copy enters itself when it has ended.
Caught by: test_both_lists_are_in_the_order_of_the_addresses
"""

import asyncio


async def send_all(send, addresses):
    sent, failed = [], []

    async def send_one(address):
        try:
            sent.append((address, await send(address)))
        except Exception as error:
            failed.append((address, error))

    await asyncio.gather(*(send_one(address) for address in addresses))
    return sent, failed
