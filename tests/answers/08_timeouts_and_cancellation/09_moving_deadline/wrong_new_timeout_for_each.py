"""Mistake: each message begins a new time-out of `seconds`, so what was left is lost and `extra` never counts.
Caught by: test_each_message_adds_to_what_is_left
"""

import asyncio


async def chat(receive, seconds, extra):
    messages = []
    while True:
        try:
            async with asyncio.timeout(seconds):
                message = await receive()
        except TimeoutError:
            return messages
        if message is None:
            return messages
        messages.append(message)
