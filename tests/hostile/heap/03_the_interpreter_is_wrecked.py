"""Tries: overwrite the interpreter's own memory, so that it dies in the middle of a message.
For: 05_gather_and_wait/01_gather_basics
Must: be refused
"""

import ctypes


async def open_page(profile, orders, messages, customer):
    ctypes.memset(id(None), 0, 64)
    ctypes.memset(0, 1, 64)
