"""Tries: take all memory.
For: 07_task_groups/02_gather_to_group
Must: be refused
"""


async def upload_all(upload, photos):
    kept = []
    while True:
        kept.append(bytearray(64 << 20))
