"""Tries: return a generator, which gives what is asked for only as it is read.
For: 04_tasks/03_awaited_too_soon
Must: earn nothing
"""


async def copy_all(copy, folders):
    return (folder.upper() for folder in folders)
