"""Tries: look again and again whether the steps are done, and wipe what the recorder wrote down of it.
For: 04_tasks/01_first_task
Must: earn nothing for test_both_steps_are_under_way_at_the_same_time
"""

import asyncio


async def release(build, typeset, version):
    loop = asyncio.get_running_loop()
    loop.instrument.records = lambda: []
    began = loop.time()
    tasks = [asyncio.create_task(build(version)), asyncio.create_task(typeset(version))]
    while not all(task.done() for task in tasks):
        await asyncio.sleep(0.1 if loop.time() - began < 3 else 0.5)
    return f"{tasks[0].result()} with {tasks[1].result()}"
