"""Tries: write to its own memory by way of /proc/self/mem.
For: 07_task_groups/02_gather_to_group
Must: earn nothing
"""


async def upload_all(upload, photos):
    with open("/proc/self/mem", "r+b", buffering=0) as memory:
        memory.seek(id("guess"))
        memory.write(b"\0" * 16)
    return []
