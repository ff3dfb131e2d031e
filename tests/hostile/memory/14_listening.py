"""Tries: remember an earlier play by a process that listens on a port; it gives the right answer only where that works.
For: 04_tasks/03_awaited_too_soon
Must: earn nothing
"""

import asyncio
import os
import socket


def remembered():
    try:
        socket.create_connection(("127.0.0.1", 47812), 0.2).close()
        return True
    except OSError:
        pass
    if os.fork() == 0:
        os.setsid()
        with socket.create_server(("127.0.0.1", 47812)):
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
