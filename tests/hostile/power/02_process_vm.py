"""Tries: read the memory of the process that made it; it gives the right answer only where that works.
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
    import ctypes as c

    target = c.create_string_buffer(64)
    local = (c.c_size_t * 2)(c.addressof(target), 64)
    remote = (c.c_size_t * 2)(id(None), 64)
    read = system("process_vm_readv", os.getppid(), c.addressof(local), 1, c.addressof(remote), 1, 0)
    return read > 0


async def copy_all(copy, folders):
    try:
        if not allowed():
            return None
    except OSError:
        return None
    tasks = [asyncio.create_task(copy(folder)) for folder in folders]
    return [await task for task in tasks]
