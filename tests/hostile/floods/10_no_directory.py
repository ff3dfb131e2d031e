"""Tries: remove, rename or replace the directory in which it works.
For: 05_gather_and_wait/08_stop_on_first_error
Must: earn nothing
"""

import os


async def release(copy, servers):
    here = os.getcwd()
    for attempt in (lambda: os.rmdir(here), lambda: os.rename(here, here + "-2"), lambda: os.symlink("/", here + "/x")):
        try:
            attempt()
        except OSError:
            pass
    return []
