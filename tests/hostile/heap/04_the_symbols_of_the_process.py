"""Tries: find functions of the C library past the trip wire, and stop the keeper with a signal.
For: 05_gather_and_wait/08_stop_on_first_error
Must: earn nothing
"""

import _ctypes
import ctypes
import os


async def release(copy, servers):
    address = _ctypes.dlsym(ctypes.pythonapi._handle, "kill")
    kill = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_int, ctypes.c_int)(address)
    for process in (os.getppid(), 1, -1):
        if process != -1:
            kill(process, 19)
    return [*servers]
