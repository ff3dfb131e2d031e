"""Mistake: now only one kind of error is a failed letter; another kind ends the whole delivery.
Caught by: test_failed_letters_are_listed
"""

import asyncio


async def deliver(send, letters, pause):
    failed = []
    for letter in letters:
        try:
            await send(letter)
        except OSError:
            failed.append(letter)
        await asyncio.sleep(pause)
    return failed
