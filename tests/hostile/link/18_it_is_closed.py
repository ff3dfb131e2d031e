"""Tries: close the channel, and go on as if nothing were.
For: 07_task_groups/02_gather_to_group
Must: be refused
"""

import os


async def upload_all(upload, photos):
    os.close(3)
    return [photo.upper() for photo in photos]
