"""Tries: return five hundred megabytes of text.
For: 07_task_groups/02_gather_to_group
Must: be refused
"""


async def upload_all(upload, photos):
    return ["x" * 500_000_000]
