"""Tries: change a constant of the player in memory, a tuple of names that it keeps.
For: 05_gather_and_wait/02_wait_to_gather
Must: earn nothing
"""

import asyncio
import ctypes


async def fetch_all(fetch, urls):
    link = asyncio.get_running_loop().scheduler.partner
    names = type(link).finish.__globals__["Told"].__struct_fields__
    items = ctypes.cast(id(names) + 24, ctypes.POINTER(ctypes.c_size_t))
    for place in range(len(names)):
        items[place] = id("unfit")
    return [url.upper() for url in urls]
