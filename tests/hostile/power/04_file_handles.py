"""Tries: make a handle of a file and open it by number; it gives the right answer only where that works.
For: 04_tasks/03_awaited_too_soon
Must: earn nothing
Needs: seccomp
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
    import ctypes as c

    handle = (c.c_uint * 40)(128)
    mount = c.c_int()
    if system(
        "name_to_handle_at",
        -100,
        c.addressof(c.create_string_buffer(b"/usr/bin")),
        c.addressof(handle),
        c.addressof(mount),
        0,
    ):
        return False
    root = os.open("/usr/bin", os.O_RDONLY)
    return system("open_by_handle_at", root, c.addressof(handle), os.O_RDONLY) >= 0


async def copy_all(copy, folders):
    try:
        if not allowed():
            return None
    except OSError:
        return None
    tasks = [asyncio.create_task(copy(folder)) for folder in folders]
    return [await task for task in tasks]
