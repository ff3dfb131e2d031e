"""Mistake: after a message the deadline is `extra` seconds from now, and what was left is lost.
Caught by: test_each_message_adds_to_what_is_left
"""

import asyncio


async def chat(receive, seconds, extra):
    messages = []
    loop = asyncio.get_running_loop()
    try:
        async with asyncio.timeout(seconds) as limit:
            while (message := await receive()) is not None:
                messages.append(message)
                limit.reschedule(loop.time() + extra)
    except TimeoutError:
        pass
    return messages
