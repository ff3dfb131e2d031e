"""Right: each copy catches its own error; gather has no errors to see."""

import asyncio


async def send_one(send, address):
    try:
        return True, (address, await send(address))
    except Exception as error:
        return False, (address, error)


async def send_all(send, addresses):
    ends = await asyncio.gather(*(send_one(send, address) for address in addresses))
    sent = [pair for worked, pair in ends if worked]
    failed = [pair for worked, pair in ends if not worked]
    return sent, failed
