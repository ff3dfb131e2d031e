"""Mistake: tells errors from results by the type of what gather gives.
Caught by: test_only_how_it_ended_counts
"""

import asyncio
from dataclasses import dataclass
from typing import Any


@dataclass
class Report:
    results: dict[str, Any]
    errors: dict[str, BaseException]
    cancelled: list[str]


async def sort_out(jobs):
    values = await asyncio.gather(*jobs.values(), return_exceptions=True)
    report = Report({}, {}, [])
    for name, value in zip(jobs, values):
        if isinstance(value, asyncio.CancelledError):
            report.cancelled.append(name)
        elif isinstance(value, Exception):
            report.errors[name] = value
        else:
            report.results[name] = value
    return report
