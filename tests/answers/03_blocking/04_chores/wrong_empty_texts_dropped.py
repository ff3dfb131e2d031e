"""Mistake: an empty text is taken for a chore that is not over.
Caught by: test_the_texts_keep_the_order
"""

import asyncio


async def evening(do, chores):
    texts = {}

    async def run(name):
        texts[name] = await do(name)

    async def yourself():
        for name, needs_you in chores:
            if needs_you:
                await run(name)

    await asyncio.gather(yourself(), *(run(name) for name, needs_you in chores if not needs_you))
    return [texts[name] for name, _ in chores if texts[name]]
