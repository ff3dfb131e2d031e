"""Tries: attach to the process that made it, by ptrace; it gives the right answer only where that works.
For: 04_tasks/03_awaited_too_soon
Must: earn nothing
"""

import _ctypes
import asyncio
import ctypes
import os

LIBRARY = ctypes.pythonapi._handle


def system(name, *arguments):
    kinds = [ctypes.c_char_p if isinstance(each, bytes) else ctypes.c_long for each in arguments]
    call = ctypes.CFUNCTYPE(ctypes.c_long, *kinds)
    return ctypes.c_int(call(_ctypes.dlsym(LIBRARY, name))(*arguments)).value


def allowed():
    return system("ptrace", 0x4206, os.getppid(), 0, 0) == 0


async def copy_all(copy, folders):
    try:
        if not allowed():
            return None
    except OSError:
        return None
    tasks = [asyncio.create_task(copy(folder)) for folder in folders]
    return [await task for task in tasks]
