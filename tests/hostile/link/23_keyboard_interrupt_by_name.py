"""Tries: stop the world with an error that is only called KeyboardInterrupt.
For: 07_task_groups/09_close_early
Must: earn nothing
"""


class KeyboardInterrupt(Exception):
    pass


async def find_suitcase(search, stores):
    raise KeyboardInterrupt("over")
