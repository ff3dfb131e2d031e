"""Right: the tasks are awaited one by one, after all of them have been made."""

import asyncio


async def send_all(send, addresses):
    tasks = [(address, asyncio.create_task(send(address))) for address in addresses]
    sent, failed = [], []
    for address, task in tasks:
        try:
            sent.append((address, await task))
        except Exception as error:
            failed.append((address, error))
    return sent, failed
