"""Mistake: exception() is asked first, and for a cancelled job it raises.
Caught by: test_every_job_stands_in_its_place
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
        if job.exception() is not None:
            report.errors[name] = job.exception()
        elif job.cancelled():
            report.cancelled.append(name)
        else:
            report.results[name] = job.result()
    return report
