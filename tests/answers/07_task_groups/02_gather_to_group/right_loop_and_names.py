"""Right: a plain loop, and the class imported under another name.
"""

from asyncio import TaskGroup as Group


async def upload_all(upload, photos):
    started = []
    async with Group() as uploads:
        for number, photo in enumerate(photos):
            started.append(uploads.create_task(upload(photo), name=f"upload {number}"))
    return list(map(lambda task: task.result(), started))
