"""Mistake: looks every 0.7 seconds whether all have ended, and so returns late.
Caught by: test_it_waits_until_every_job_has_ended
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
    while not all(job.done() for job in jobs.values()):
        await asyncio.sleep(0.7)
    report = Report({}, {}, [])
    for name, job in jobs.items():
        if job.cancelled():
            report.cancelled.append(name)
        elif job.exception() is not None:
            report.errors[name] = job.exception()
        else:
            report.results[name] = job.result()
    return report
