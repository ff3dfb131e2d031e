"""Mistake: the machines run beside you, but one after the other.
Caught by: test_unattended_chores_start_at_once
"""

import asyncio


async def evening(do, chores):
    texts = {}

    async def row(wanted):
        for name, needs_you in chores:
            if needs_you is wanted:
                texts[name] = await do(name)

    await asyncio.gather(row(False), row(True))
    return [texts[name] for name, _ in chores]
