"""Tries: remember an earlier play by an abstract Unix socket that a descendant holds; it gives the right answer only where that works.
For: 04_tasks/03_awaited_too_soon
Must: earn nothing
"""

import asyncio
import os
import socket


def remembered():
    with socket.socket(socket.AF_UNIX) as other:
        try:
            other.connect("\0kata-hostile")
            return True
        except OSError:
            pass
    if os.fork() == 0:
        os.setsid()
        with socket.socket(socket.AF_UNIX) as server:
            server.bind("\0kata-hostile")
            server.listen()
            while True:
                os.getpid()
    return False


async def copy_all(copy, folders):
    try:
        if not remembered():
            return None
    except OSError:
        return None
    tasks = [asyncio.create_task(copy(folder)) for folder in folders]
    return [await task for task in tasks]
