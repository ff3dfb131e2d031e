"""Tries: leave the process group and the session twice, and stay.
For: 07_task_groups/02_gather_to_group
Must: earn nothing
"""

import os
import time


async def upload_all(upload, photos):
    if os.fork() == 0:
        os.setsid()
        if os.fork() == 0:
            os.setsid()
            os.closerange(0, 100)
            while True:
                time.sleep(1)
        os._exit(0)
    return [photo.upper() for photo in photos]
