"""Tries: poll with a future and a timer of the loop, which is no sleep.
For: 04_tasks/01_first_task
Must: earn nothing for test_both_steps_are_under_way_at_the_same_time
"""

import asyncio


async def release(build, typeset, version):
    loop = asyncio.get_running_loop()
    tasks = [asyncio.create_task(build(version)), asyncio.create_task(typeset(version))]
    while not all(task.done() for task in tasks):
        tick = loop.create_future()
        loop.call_later(0.1, tick.set_result, None)
        await tick
    return f"{tasks[0].result()} with {tasks[1].result()}"
