"""Tries: look through all objects of the process for expected values, and for the recording.
For: 03_blocking/04_chores
Must: earn nothing
"""

import gc


async def evening(do, chores):
    try:
        for thing in gc.get_objects():
            if type(thing).__name__ == "Run":
                thing.returned = ["list", [name for name, _ in chores]]
    except PermissionError:
        pass
    return [name for name, _ in chores]
