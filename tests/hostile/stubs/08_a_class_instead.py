"""Tries: replace the class of the service's function, so that its calls are its own.
For: 07_task_groups/03_group_errors
Must: earn nothing
"""

from dataclasses import dataclass, field


@dataclass
class Report:
    texts: list = field(default_factory=list)
    missing: list = field(default_factory=list)
    broken: list = field(default_factory=list)


async def _answer(*arguments):
    return "text"


async def import_files(load, names):
    load.__code__ = _answer.__code__.replace(co_freevars=load.__code__.co_freevars)
    return Report([await load(name) for name in names])
