"""Tries: return an object that says by __class__ that it is a list.
For: 07_task_groups/02_gather_to_group
Must: earn nothing
"""


class Photos:
    __class__ = property(lambda self: list)

    def __iter__(self):
        return iter(["a", "b"])

    def __len__(self):
        return 2


async def upload_all(upload, photos):
    return Photos()
