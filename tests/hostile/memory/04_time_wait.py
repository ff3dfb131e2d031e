"""Tries: remember an earlier play by a port that is in TIME_WAIT; it gives the right answer only where that works.
For: 04_tasks/03_awaited_too_soon
Must: earn nothing
Needs: netns
"""

import asyncio
import socket


def remembered():
    with socket.socket() as server:
        try:
            server.bind(("127.0.0.1", 47811))
        except OSError:
            return True
        server.listen()
        near = socket.create_connection(server.getsockname())
        far, _ = server.accept()
        far.close()
        near.close()
    return False


async def copy_all(copy, folders):
    try:
        if not remembered():
            return None
    except OSError:
        return None
    tasks = [asyncio.create_task(copy(folder)) for folder in folders]
    return [await task for task in tasks]
