"""Right: an ordinary function works off one bundle of steps, and between two bundles the others go."""

import asyncio
import time


def one_bundle(steps, patience):
    began = time.monotonic()
    for step in steps:
        yield step()
        if time.monotonic() - began >= patience:
            return


async def crunch(steps, patience):
    left = iter(steps)
    numbers = []
    while len(numbers) < len(steps):
        numbers.extend(one_bundle(left, patience))
        await asyncio.sleep(0)
    return numbers
