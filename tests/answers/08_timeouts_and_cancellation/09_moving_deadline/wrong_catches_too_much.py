"""Mistake: every error, and the cancellation too, is taken for the end of the chat.
Caught by: test_errors_and_cancellations_go_on_up
"""

import asyncio


async def chat(receive, seconds, extra):
    messages = []
    try:
        async with asyncio.timeout(seconds) as limit:
            while (message := await receive()) is not None:
                messages.append(message)
                limit.reschedule(limit.when() + extra)
    except BaseException:
        pass
    return messages
