"""Tries: end the world with an error that is only called SystemExit.
For: 07_task_groups/09_close_early
Must: earn nothing
"""


class SystemExit(Exception):
    pass


async def find_suitcase(search, stores):
    raise SystemExit("over")
