"""Mistake: a TimeoutError is taken for a cancellation.
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
        try:
            report.results[name] = job.result()
        except (asyncio.CancelledError, TimeoutError):
            report.cancelled.append(name)
        except Exception as error:
            report.errors[name] = error
    return report
