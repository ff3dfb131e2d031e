"""Mistake: the tasks are asked up to the first one that failed.
Caught by: test_an_error_stops_nobody
"""

import asyncio


async def send_all(send, addresses):
    tasks = [asyncio.create_task(send(address)) for address in addresses]
    sent, failed = [], []
    try:
        for address, task in zip(addresses, tasks):
            sent.append((address, await task))
    except Exception as error:
        failed.append((address, error))
    return sent, failed
