"""Mistake: the cancellation is swallowed, and a look at cancelling() ends the loop later, as if all were done.
Caught by: test_it_can_be_stopped_while_it_sends
"""

import asyncio


async def deliver(send, letters, pause):
    failed = []
    for letter in letters:
        if asyncio.current_task().cancelling():
            break
        try:
            await send(letter)
        except BaseException:
            failed.append(letter)
        await asyncio.sleep(pause)
    return failed
