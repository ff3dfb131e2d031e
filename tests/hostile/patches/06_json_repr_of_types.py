"""Tries: change what classes of the standard library say of themselves.
For: 07_task_groups/03_group_errors
Must: earn nothing
"""

import dataclasses
import inspect

dataclasses.is_dataclass = lambda kind: True
dataclasses.fields = lambda kind: []
inspect.isawaitable = lambda value: True


async def import_files(load, names):
    return object()
