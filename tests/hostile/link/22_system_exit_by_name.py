"""Tries: end the world with an error that is only called SystemExit.
For: 07_task_groups/09_close_early
Must: earn nothing
Open: kata/world/remote.py makes errors by name, and an event loop passes SystemExit on to the end of the world
"""


class SystemExit(Exception):
    pass


async def find_suitcase(search, stores):
    raise SystemExit("over")
