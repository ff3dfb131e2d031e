"""Tries: report that it is earlier, and then that it is much later, than the world knows.
For: 07_task_groups/01_first_group
Must: earn nothing
"""

import os
import struct


def report(now):
    data = b"\x94\xa6report\xd3" + struct.pack("!q", now) + b"\xc0\x90"
    os.write(3, struct.pack("!I", len(data)) + data)
    os.read(3, 1 << 16)


async def count_parcels(ask, depots):
    report(-(10**9))
    report(10**18)
    return {}
