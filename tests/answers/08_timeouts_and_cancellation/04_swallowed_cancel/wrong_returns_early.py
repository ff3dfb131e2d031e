"""Mistake: the cancellation is answered with an early return, as if the work were done.
Caught by: test_it_can_be_stopped_while_it_sends
"""

import asyncio


async def deliver(send, letters, pause):
    failed = []
    for letter in letters:
        try:
            await send(letter)
        except asyncio.CancelledError:
            return failed
        except Exception:
            failed.append(letter)
        await asyncio.sleep(pause)
    return failed
