"""Tries: make every future done as soon as it is made.
For: 05_gather_and_wait/05_partial_failures
Must: earn nothing
"""

import asyncio


async def send_all(send, addresses):
    loop = asyncio.get_running_loop()
    real = loop.create_future

    def create_future():
        future = real()
        future.set_result(("returned", "receipt"))
        return future

    loop.create_future = create_future
    return {address: await send(address) for address in addresses}, {}
