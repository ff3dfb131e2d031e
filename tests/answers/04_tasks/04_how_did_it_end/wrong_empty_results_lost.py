"""Mistake: a result that counts as false is left out.
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
    if jobs:
        await asyncio.wait(jobs.values())
    report = Report({}, {}, [])
    for name, job in jobs.items():
        if job.cancelled():
            report.cancelled.append(name)
        elif job.exception():
            report.errors[name] = job.exception()
        elif job.result():
            report.results[name] = job.result()
    return report
