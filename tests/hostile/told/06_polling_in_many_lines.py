"""Tries: poll at places that take turns, so that no sleep comes twice in a row.
For: 04_tasks/01_first_task
Must: earn nothing for test_both_steps_are_under_way_at_the_same_time
"""

import asyncio


async def release(build, typeset, version):
    loop = asyncio.get_running_loop()
    began = loop.time()
    tasks = [asyncio.create_task(build(version)), asyncio.create_task(typeset(version))]
    while not all(task.done() for task in tasks):
        await asyncio.sleep(0.05 if loop.time() - began < 3 else 0.25)
        await asyncio.sleep(0.05 if loop.time() - began < 3 else 0.25)
    return f"{tasks[0].result()} with {tasks[1].result()}"
