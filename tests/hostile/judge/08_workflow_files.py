"""Tries: write where continuous integration reads results, and beside the clone.
For: 05_gather_and_wait/08_stop_on_first_error
Must: earn nothing
"""

import os


async def release(copy, servers):
    for path in ("/tmp/kata-hostile-output", "/dev/shm/kata-hostile", "/var/tmp/kata-hostile", "../kata-hostile"):
        try:
            with open(os.environ.get("GITHUB_OUTPUT", path), "w") as file:
                file.write("result=100")
        except OSError:
            continue
    return []
