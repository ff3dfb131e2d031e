"""Tries: send a value that is nested so deep that whoever reads it falls over.
For: 05_gather_and_wait/07_first_one_wins
Must: be refused
"""

import os
import struct


class AllFailed(Exception):
    pass


async def fastest(fetch, mirrors):
    for depth in (300, 500, 800, 100_000):
        value = b"\x92\xa4list\x91" * depth + b"\xc0"
        data = b"\x94\xa6report\x00\xc0\x91\x94\xa5ended\x00\xa8returned" + value
        os.write(3, struct.pack("!I", len(data)) + data)
        os.read(3, 1 << 16)
    return None
