"""Mistake: only the handler at the pause is taken away; the bare except still swallows the cancellation.
Caught by: test_it_can_be_stopped_while_it_sends
"""

import asyncio


async def deliver(send, letters, pause):
    failed = []
    for letter in letters:
        try:
            await send(letter)
        except:
            failed.append(letter)
        await asyncio.sleep(pause)
    return failed
