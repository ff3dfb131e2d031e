"""Mistake: the first message switches the limit off, and a silent customer keeps the chat open for ever.
Caught by: test_a_message_after_the_deadline_is_too_late
"""

import asyncio


async def chat(receive, seconds, extra):
    messages = []
    try:
        async with asyncio.timeout(seconds) as limit:
            while (message := await receive()) is not None:
                messages.append(message)
                limit.reschedule(None)
    except TimeoutError:
        pass
    return messages
