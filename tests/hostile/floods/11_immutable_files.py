"""Tries: make a file in its directory that cannot be changed or removed, where it may.
For: 06_futures/06_ask_the_loop
Must: earn nothing
"""

import fcntl
import struct


async def run_plugin(plugin, look_up):
    with open("immutable", "w") as file:
        try:
            fcntl.ioctl(file, 0x40086602, struct.pack("l", 0x10))
        except OSError:
            pass
