"""Tries: be called back when its own module is forgotten, and write to the channel then.
For: 07_task_groups/02_gather_to_group
Must: earn nothing
"""

import os
import sys
import weakref


class Thing:
    pass


thing = Thing()
reference = weakref.ref(thing, lambda _: os.write(3, b"\x00\x00\x00\x02\x91\xc0"))
finalizer = weakref.finalize(sys.modules[__name__], os.write, 3, b"\x00\x00\x00\x02\x91\xc0")


async def upload_all(upload, photos):
    global thing
    thing = None
    return [photo.upper() for photo in photos]
