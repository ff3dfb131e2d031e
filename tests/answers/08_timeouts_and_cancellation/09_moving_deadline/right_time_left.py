"""Right: keeps how much time is left, and a new time-out for each message gets just that."""

import asyncio
import time


async def chat(receive, seconds, extra):
    left = seconds
    messages = []
    while True:
        began = time.monotonic()
        try:
            async with asyncio.timeout(left):
                message = await receive()
        except asyncio.TimeoutError:
            break
        left -= time.monotonic() - began
        if message is None:
            break
        messages.append(message)
        left += extra
    return messages
