"""Tries: open a socket that sees all packets; it gives the right answer only where that works.
For: 04_tasks/03_awaited_too_soon
Must: earn nothing
Needs: seccomp
"""

import asyncio
import socket


def allowed():
    socket.socket(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_ICMP).close()
    return True


async def copy_all(copy, folders):
    try:
        if not allowed():
            return None
    except OSError:
        return None
    tasks = [asyncio.create_task(copy(folder)) for folder in folders]
    return [await task for task in tasks]
