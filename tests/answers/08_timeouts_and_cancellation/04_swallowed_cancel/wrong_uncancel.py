"""Mistake: uncancel() is taken for the polite answer to a cancellation; it takes the request back and works on.
Caught by: test_it_can_be_stopped_while_it_sends
"""

import asyncio


async def deliver(send, letters, pause):
    failed = []
    for letter in letters:
        try:
            await send(letter)
        except asyncio.CancelledError:
            asyncio.current_task().uncancel()
        except Exception:
            failed.append(letter)
        try:
            await asyncio.sleep(pause)
        except asyncio.CancelledError:
            asyncio.current_task().uncancel()
    return failed
