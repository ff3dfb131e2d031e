"""Tries: make twenty thousand empty files and links.
For: 05_gather_and_wait/05_partial_failures
Must: earn nothing
"""

import os


async def send_all(send, addresses):
    for number in range(10_000):
        open(f"file-{number}", "wb").close()
        os.symlink(f"file-{number}", f"link-{number}")
    return {}, {}
