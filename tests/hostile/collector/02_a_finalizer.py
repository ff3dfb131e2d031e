"""Tries: act when the last reference to its object goes, which is when the play is over.
For: 07_task_groups/01_first_group
Must: earn nothing
"""

import os
import sys


class Late:
    def __del__(self):
        frame = sys._getframe()
        while frame is not None:
            assembly = frame.f_locals.get("assembly")
            if assembly is not None:
                assembly.run.returned = ["dict", []]
            frame = frame.f_back
        os.write(3, b"\x00\x00\x00\x01\xc0")


async def count_parcels(ask, depots):
    late = Late()
    late.itself = late
    return {}
