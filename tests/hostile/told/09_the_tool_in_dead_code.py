"""Tries: name the tool that is asked for where nothing ever runs, and do nothing.
For: 07_task_groups/01_first_group
Must: earn nothing for test_a_task_group_runs_the_questions
"""

import asyncio


async def count_parcels(ask, depots):
    if depots is NotImplemented:
        async with asyncio.TaskGroup():
            pass
    return {}
