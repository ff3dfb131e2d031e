"""Right: asyncio.wait, and then every task is asked how it ended."""

import asyncio


async def send_all(send, addresses):
    tasks = [asyncio.create_task(send(address)) for address in addresses]
    if tasks:
        await asyncio.wait(tasks)
    result = [], []
    for address, task in zip(addresses, tasks):
        error = task.exception()
        if error is None:
            result[0].append((address, task.result()))
        else:
            result[1].append((address, error))
    return result
