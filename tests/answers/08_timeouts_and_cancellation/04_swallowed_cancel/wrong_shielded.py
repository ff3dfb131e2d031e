"""Mistake: the letter is shielded, so a cancelled delivery leaves a letter on its way that nobody waits for.
Caught by: test_it_can_be_stopped_while_it_sends
"""

import asyncio


async def deliver(send, letters, pause):
    failed = []
    for letter in letters:
        try:
            await asyncio.shield(send(letter))
        except Exception:
            failed.append(letter)
        await asyncio.sleep(pause)
    return failed
