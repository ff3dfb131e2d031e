"""Mistake: an empty text counts as leaving.
Caught by: test_each_message_adds_to_what_is_left
"""

import asyncio
from collections.abc import Awaitable, Callable


async def chat(receive, seconds, extra):
    messages = []
    try:
        async with asyncio.timeout(seconds) as limit:
            while t := await receive():
                messages.append(t)
                limit.reschedule(limit.when() + extra)
    except TimeoutError:
        pass
    return messages
