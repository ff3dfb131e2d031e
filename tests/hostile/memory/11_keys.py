"""Tries: remember an earlier play by a key that the kernel keeps; it gives the right answer only where that works.
For: 04_tasks/03_awaited_too_soon
Must: earn nothing
Needs: seccomp
"""

import _ctypes
import asyncio
import ctypes
import platform

LIBRARY = ctypes.pythonapi._handle


def system(name, *arguments):
    kinds = [ctypes.c_char_p if isinstance(each, bytes) else ctypes.c_long for each in arguments]
    call = ctypes.CFUNCTYPE(ctypes.c_long, *kinds)
    return ctypes.c_int(call(_ctypes.dlsym(LIBRARY, name))(*arguments)).value


def remembered():
    calls = {"x86_64": (248, 250), "aarch64": (217, 219)}.get(platform.machine())
    if calls is None:
        return False
    found = system("syscall", calls[1], 10, -4, b"user", b"kata-hostile", 0) > 0
    key = system("syscall", calls[0], b"user", b"kata-hostile", b"1", 1, -4)
    if key > 0:
        system("syscall", calls[1], 15, key, 20)  # it goes away after so many seconds
    return found


async def copy_all(copy, folders):
    try:
        if not remembered():
            return None
    except OSError:
        return None
    tasks = [asyncio.create_task(copy(folder)) for folder in folders]
    return [await task for task in tasks]
