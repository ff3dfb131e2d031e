"""Mistake: asyncio.wait does not take an empty collection.
Caught by: test_no_jobs_and_one_job
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
    await asyncio.wait(jobs.values())
    report = Report({}, {}, [])
    for name, job in jobs.items():
        if job.cancelled():
            report.cancelled.append(name)
        elif job.exception() is not None:
            report.errors[name] = job.exception()
        else:
            report.results[name] = job.result()
    return report
