"""Mistake: starts the machines only when your own chores are over.
Caught by: test_unattended_chores_start_at_once
"""

import asyncio


async def evening(do, chores):
    texts = {}
    for name, needs_you in chores:
        if needs_you:
            texts[name] = await do(name)
    machines = [name for name, needs_you in chores if not needs_you]
    texts |= dict(zip(machines, await asyncio.gather(*(do(name) for name in machines))))
    return [texts[name] for name, _ in chores]
