"""Mistake: starts each machine when its place in the list is reached, after the chores before it.
Caught by: test_unattended_chores_start_at_once
"""

import asyncio


async def evening(do, chores):
    texts, machines = {}, {}
    for name, needs_you in chores:
        if needs_you:
            texts[name] = await do(name)
        else:
            machines[name] = asyncio.create_task(do(name))
    for name, task in machines.items():
        texts[name] = await task
    return [texts[name] for name, _ in chores]
