"""Right: the cancellation is named first and raised on, everything else is a failed letter."""

import asyncio


async def deliver(send, letters, pause):
    failed = []
    for letter in letters:
        try:
            await send(letter)
        except asyncio.CancelledError:
            raise
        except BaseException:
            failed.append(letter)
        await asyncio.sleep(pause)
    return failed
