"""Mistake: the texts outlive the call, and a chore that was done on another evening is left out.
Caught by: test_the_texts_keep_the_order
"""

import asyncio

TEXTS = {}


async def evening(do, chores):
    async def run(name):
        if name not in TEXTS:
            TEXTS[name] = await do(name)

    async def yourself():
        for name, needs_you in chores:
            if needs_you:
                await run(name)

    await asyncio.gather(yourself(), *(run(name) for name, needs_you in chores if not needs_you))
    return [TEXTS[name] for name, _ in chores]
