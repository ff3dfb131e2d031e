"""Mistake: only the bare except is narrowed; at the pause the CancelledError still meets a pass.
Caught by: test_it_can_be_stopped_while_it_pauses
"""

import asyncio


async def deliver(send, letters, pause):
    failed = []
    for letter in letters:
        try:
            await send(letter)
        except Exception:
            failed.append(letter)
        try:
            await asyncio.sleep(pause)
        except asyncio.CancelledError:
            pass
    return failed
