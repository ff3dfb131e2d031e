"""Mistake: every OSError is taken for a lost connection.
Caught by: test_other_errors_go_on_up
"""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass


@dataclass
class Report:
    offline: list[str]
    malformed: list[str]


async def sync_shops(sync, shops):
    report = Report([], [])

    def texts(e):
        if isinstance(e, BaseExceptionGroup):
            return [t for x in e.exceptions for t in texts(x)]
        return [str(e)]
    try:
        async with asyncio.TaskGroup() as group:
            for shop in shops:
                group.create_task(sync(shop))
    except* OSError as e:
        report.offline += texts(e)
    except* ValueError as e:
        report.malformed += texts(e)
    return report
