"""Mistake: makes coroutine objects for the machines at the start, and believes that they run from then on.
Caught by: test_unattended_chores_start_at_once
"""


async def evening(do, chores):
    machines = {name: do(name) for name, needs_you in chores if not needs_you}
    texts = {}
    for name, needs_you in chores:
        if needs_you:
            texts[name] = await do(name)
    for name, machine in machines.items():
        texts[name] = await machine
    return [texts[name] for name, _ in chores]
