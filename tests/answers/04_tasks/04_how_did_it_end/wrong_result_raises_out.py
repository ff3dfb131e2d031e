"""Mistake: result() of a failed job raises its error out of sort_out.
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
        if job.cancelled():
            report.cancelled.append(name)
        elif job.result() is not None:
            report.results[name] = job.result()
        else:
            report.errors[name] = job.exception()
    return report
