"""Mistake: returns when your own chores are over, while machines are still running.
Caught by: test_the_evening_is_as_short_as_can_be
"""

import asyncio


async def evening(do, chores):
    machines = {name: asyncio.create_task(do(name)) for name, needs_you in chores if not needs_you}
    texts = {}
    for name, needs_you in chores:
        if needs_you:
            texts[name] = await do(name)
    return [texts.get(name) or (machines[name].result() if machines[name].done() else "") for name, _ in chores]
