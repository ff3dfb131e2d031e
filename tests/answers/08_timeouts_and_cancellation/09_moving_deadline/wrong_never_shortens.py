"""Mistake: the deadline moves only if `extra` seconds from now are later than it was.
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
                limit.reschedule(max(limit.when(), loop.time() + extra))
    except TimeoutError:
        pass
    return messages
