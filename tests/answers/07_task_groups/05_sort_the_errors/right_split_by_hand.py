"""Right: the group is caught whole and split twice; the rest is raised again.
"""

import asyncio
from dataclasses import dataclass


@dataclass
class Report:
    offline: list
    malformed: list


def leaves(group):
    stack, found = [group], []
    while stack:
        error = stack.pop()
        if isinstance(error, BaseExceptionGroup):
            stack.extend(error.exceptions)
        elif error is not None:
            found.append(str(error))
    return found


async def sync_shops(sync, shops):
    offline = malformed = None
    try:
        async with asyncio.TaskGroup() as group:
            for shop in shops:
                group.create_task(sync(shop))
    except ExceptionGroup as failed:
        offline, rest = failed.split(ConnectionError)
        if rest is not None:
            malformed, rest = rest.split(ValueError)
        if rest is not None:
            raise rest
    return Report(leaves(offline), leaves(malformed))
