"""Mistake: except Exception does not catch a CancelledError.
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
    report = Report({}, {}, [])
    for name, job in jobs.items():
        try:
            report.results[name] = await job
        except Exception as error:
            if job.cancelled():
                report.cancelled.append(name)
            else:
                report.errors[name] = error
    return report
