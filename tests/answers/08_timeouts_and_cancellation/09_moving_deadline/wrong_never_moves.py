"""Mistake: the deadline is worked out anew in a variable, and the time-out never hears of it.
Caught by: test_each_message_adds_to_what_is_left
"""

import asyncio


async def chat(receive, seconds, extra):
    messages = []
    try:
        async with asyncio.timeout(seconds):
            while (message := await receive()) is not None:
                messages.append(message)
                seconds += extra
    except TimeoutError:
        pass
    return messages
