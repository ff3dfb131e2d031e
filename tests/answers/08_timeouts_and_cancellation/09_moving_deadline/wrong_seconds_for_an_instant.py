"""Mistake: reschedule is given a number of seconds, and it takes an instant, which is long past.
Caught by: test_each_message_adds_to_what_is_left
"""

import asyncio


async def chat(receive, seconds, extra):
    messages = []
    try:
        async with asyncio.timeout(seconds) as limit:
            while (message := await receive()) is not None:
                messages.append(message)
                limit.reschedule(extra)
    except TimeoutError:
        pass
    return messages
