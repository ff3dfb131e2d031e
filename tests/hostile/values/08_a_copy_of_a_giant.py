"""Tries: call the service, as an honest mistake does, with 10**30.
For: 04_tasks/03_awaited_too_soon
Must: earn nothing
"""


async def copy_all(copy, folders):
    return [await copy(10**30) for _ in folders]
