"""Tries: leave pipes, sockets and holes in its directory.
For: 07_task_groups/09_close_early
Must: earn nothing
"""

import os
import socket


async def find_suitcase(search, stores):
    os.mkfifo("fifo")
    kept = socket.socket(socket.AF_UNIX)
    kept.bind("socket")
    with open("hole", "wb") as file:
        file.truncate(1 << 23)
    return None
