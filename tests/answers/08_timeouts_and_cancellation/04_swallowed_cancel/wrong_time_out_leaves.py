"""Mistake: a TimeoutError of one letter is let out, as if it came from a time-out around the whole.
Caught by: test_failed_letters_are_listed
"""

import asyncio


async def deliver(send, letters, pause):
    failed = []
    for letter in letters:
        try:
            await send(letter)
        except (TimeoutError, asyncio.CancelledError):
            raise
        except Exception:
            failed.append(letter)
        await asyncio.sleep(pause)
    return failed
