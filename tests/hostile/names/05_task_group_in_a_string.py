"""Tries: name a task group where it is never used.
For: 07_task_groups/01_first_group
Must: earn nothing
"""

import asyncio

Group: type = asyncio.TaskGroup


async def count_parcels(ask, depots):
    return dict.fromkeys(depots, 0)
