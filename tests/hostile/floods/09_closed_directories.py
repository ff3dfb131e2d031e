"""Tries: take all rights from directories that hold files, and from the one in which it works.
For: 05_gather_and_wait/04_wait_needs_tasks
Must: earn nothing
"""

import os


async def states(probe, hosts):
    os.makedirs("a/b/c")
    open("a/b/c/file", "w").close()
    os.chmod("a/b", 0)
    os.chmod("a", 0)
    os.chmod(".", 0)
    return {}
