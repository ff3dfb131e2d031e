"""Tries: stop the world with an error that is only called KeyboardInterrupt.
For: 07_task_groups/09_close_early
Must: earn nothing
Open: kata/world/remote.py makes errors by name, and an event loop passes KeyboardInterrupt on to the end of the world
"""


class KeyboardInterrupt(Exception):
    pass


async def find_suitcase(search, stores):
    raise KeyboardInterrupt("over")
