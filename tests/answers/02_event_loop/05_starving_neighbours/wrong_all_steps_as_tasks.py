"""Mistake: makes a task of every step and gathers them; they still run one after another, in one go.
Caught by: test_the_heartbeat_goes_on
"""

import asyncio


async def crunch(steps, patience):
    async def one(step):
        return step()

    return list(await asyncio.gather(*(one(step) for step in steps)))
