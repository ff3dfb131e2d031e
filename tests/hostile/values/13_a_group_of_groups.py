"""Tries: raise exception groups five thousand deep.
For: 07_task_groups/05_sort_the_errors
Must: earn nothing
"""


async def sync_shops(sync, shops):
    error = ValueError("x")
    for _ in range(5_000):
        error = ExceptionGroup("deeper", [error])
    raise error
