"""Mistake: a job that was asked to cancel counts as cancelled, whatever it made of it.
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
        if job.cancelling() or job.cancelled():
            report.cancelled.append(name)
        elif job.exception() is not None:
            report.errors[name] = job.exception()
        else:
            report.results[name] = job.result()
    return report
