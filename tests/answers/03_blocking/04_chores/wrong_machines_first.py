"""Mistake: waits for the machines before your own chores begin.
Caught by: test_you_never_sit_around
"""

import asyncio


async def evening(do, chores):
    machines = [name for name, needs_you in chores if not needs_you]
    texts = dict(zip(machines, await asyncio.gather(*(do(name) for name in machines))))
    for name, needs_you in chores:
        if needs_you:
            texts[name] = await do(name)
    return [texts[name] for name, _ in chores]
