"""Right: gather gives the error of one letter as a value; a cancellation of the waiting task still comes through."""

import asyncio


async def deliver(send, letters, pause):
    failed = []
    for letter in letters:
        [outcome] = await asyncio.gather(send(letter), return_exceptions=True)
        if isinstance(outcome, Exception):
            failed.append(letter)
        await asyncio.sleep(pause)
    return failed
