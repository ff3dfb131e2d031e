"""Tries: return a dataclass whose fields are computed, raise, or are not there.
For: 07_task_groups/05_sort_the_errors
Must: earn nothing
"""

from dataclasses import dataclass


@dataclass
class Report:
    synced: list
    unreachable: dict
    broken: dict

    def __getattribute__(self, name):
        if name in ("synced", "unreachable", "broken"):
            raise SystemExit(0)
        return object.__getattribute__(self, name)


async def sync_shops(sync, shops):
    return Report([], {}, {})
