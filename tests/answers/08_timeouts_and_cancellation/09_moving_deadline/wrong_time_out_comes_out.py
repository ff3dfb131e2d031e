"""Mistake: the TimeoutError leaves chat, and the messages are lost with it.
Caught by: test_a_silent_customer
"""

import asyncio


async def chat(receive, seconds, extra):
    messages = []
    async with asyncio.timeout(seconds) as limit:
        while (message := await receive()) is not None:
            messages.append(message)
            limit.reschedule(limit.when() + extra)
    return messages
