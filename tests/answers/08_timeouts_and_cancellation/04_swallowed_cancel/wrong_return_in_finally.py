"""Mistake: a return in finally swallows the CancelledError that is under way.
Caught by: test_a_time_out_around_it_works
"""

import asyncio


async def deliver(send, letters, pause):
    failed = []
    try:
        for letter in letters:
            try:
                await send(letter)
            except Exception:
                failed.append(letter)
            await asyncio.sleep(pause)
    finally:
        return failed
