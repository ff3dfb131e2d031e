"""Mistake: the failed letters are kept in one list of the module, so those of the last delivery come again.
Caught by: test_failed_letters_are_listed
"""

import asyncio


FAILED = []


async def deliver(send, letters, pause):
    for letter in letters:
        try:
            await send(letter)
        except Exception:
            FAILED.append(letter)
        await asyncio.sleep(pause)
    return FAILED
