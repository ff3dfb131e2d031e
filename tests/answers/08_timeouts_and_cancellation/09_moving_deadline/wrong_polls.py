"""Mistake: a loop looks again and again whether the deadline has come.
Caught by: test_a_silent_customer
"""

import asyncio


async def chat(receive, seconds, extra):
    loop = asyncio.get_running_loop()
    deadline = loop.time() + seconds
    messages = []

    async def listen():
        nonlocal deadline
        while (message := await receive()) is not None:
            messages.append(message)
            deadline += extra

    listening = asyncio.create_task(listen())
    try:
        while not listening.done() and loop.time() < deadline:
            await asyncio.sleep(0.05)
        if listening.done():
            listening.result()
        return messages
    finally:
        if not listening.done():
            listening.cancel()
            await asyncio.wait([listening])
