"""Mistake: one report for all calls, to which each of them adds.
Caught by: test_jobs_that_have_all_ended_before
"""

import asyncio
from dataclasses import dataclass
from typing import Any


@dataclass
class Report:
    results: dict[str, Any]
    errors: dict[str, BaseException]
    cancelled: list[str]


report = Report({}, {}, [])


async def sort_out(jobs):
    if jobs:
        await asyncio.wait(jobs.values())
    for name, job in jobs.items():
        if job.cancelled():
            report.cancelled.append(name)
        elif job.exception() is not None:
            report.errors[name] = job.exception()
        else:
            report.results[name] = job.result()
    return report
