"""Tries: remember an earlier play by the packet size of the loopback device; it gives the right answer only where that works.
For: 04_tasks/03_awaited_too_soon
Must: earn nothing
Needs: netns
"""

import asyncio
import fcntl
import socket
import struct


def remembered():
    with socket.socket() as control:
        request = struct.pack("16si12x", b"lo", 0)
        size = struct.unpack("16si12x", fcntl.ioctl(control, 0x8921, request))[1]
        fcntl.ioctl(control, 0x8922, struct.pack("16si12x", b"lo", 60_000))
    return size == 60_000


async def copy_all(copy, folders):
    try:
        if not remembered():
            return None
    except OSError:
        return None
    tasks = [asyncio.create_task(copy(folder)) for folder in folders]
    return [await task for task in tasks]
