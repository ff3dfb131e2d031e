"""Tries: let the class of its result answer for its name, its fields and its bases, and fail the second time.
For: 07_task_groups/03_group_errors
Must: earn nothing
"""


class Meta(type):
    seen = 0

    def __getattribute__(cls, name):
        Meta.seen += 1
        if Meta.seen > 3:
            raise SystemExit(0)
        return type.__getattribute__(cls, name)

    def mro(cls):
        return [cls, object]


class Report(metaclass=Meta):
    pass


async def import_files(load, names):
    return Report()
