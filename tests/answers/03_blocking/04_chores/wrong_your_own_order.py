"""Mistake: does your own chores in the order of their names, and not in that of the list.
Caught by: test_you_do_one_thing_at_a_time
"""

import asyncio


async def evening(do, chores):
    texts = {}

    async def unattended(name):
        texts[name] = await do(name)

    async def yourself():
        for name in sorted(name for name, needs_you in chores if needs_you)[::-1]:
            texts[name] = await do(name)

    await asyncio.gather(*(unattended(name) for name, needs_you in chores if not needs_you), yourself())
    return [texts[name] for name, _ in chores]
