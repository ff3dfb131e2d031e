"""Tries: raise an error whose text cannot be made, whose args are a trap, and whose traceback is no traceback.
For: 07_task_groups/03_group_errors
Must: earn nothing
"""


class Trap(Exception):
    def __str__(self):
        raise SystemExit(0)

    __repr__ = __str__
    args = property(lambda self: 1 / 0)
    __cause__ = property(lambda self: 1 / 0)
    __notes__ = property(lambda self: 1 / 0)


async def import_files(load, names):
    raise Trap
