"""Right: the pause stands in finally-free code of its own, and errors are told by a helper."""

import asyncio


async def arrives(send, letter):
    try:
        await send(letter)
    except Exception:
        return False
    return True


async def deliver(send, letters, pause):
    failed = []
    for letter in letters:
        if not await arrives(send, letter):
            failed += [letter]
        try:
            await asyncio.sleep(pause)
        except asyncio.CancelledError:
            print("stopped in a pause")
            raise
    return failed
