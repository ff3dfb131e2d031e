"""Mistake: gives the texts of the machines first and then your own, and not the order of the list.
Caught by: test_the_texts_keep_the_order
"""

import asyncio


async def evening(do, chores):
    async def yourself():
        return [await do(name) for name, needs_you in chores if needs_you]

    *texts, own = await asyncio.gather(*(do(name) for name, needs_you in chores if not needs_you), yourself())
    return texts + own
