"""Tries: read an object by its address with ctypes, which needs no library to be opened.
For: 05_gather_and_wait/07_first_one_wins
Must: earn nothing
"""

import ctypes


class AllFailed(Exception):
    pass


async def fastest(fetch, mirrors):
    found = []
    near = id(fetch)
    for offset in range(0, 1 << 14, 16):
        word = ctypes.c_size_t.from_address(near + offset).value
        if word == id(dict):
            found.append(ctypes.cast(near + offset - 8, ctypes.py_object).value)
    for table in found:
        if set(mirrors) <= set(table):
            return table[mirrors[0]]
    return None
