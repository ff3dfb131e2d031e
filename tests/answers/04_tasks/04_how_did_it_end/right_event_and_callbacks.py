"""Right: callbacks count the jobs down and an event says when none is left."""

import asyncio
from dataclasses import dataclass
from typing import Any


@dataclass
class Report:
    results: dict[str, Any]
    errors: dict[str, BaseException]
    cancelled: list[str]


async def sort_out(jobs):
    left, ended = set(jobs), asyncio.Event()
    for name, job in jobs.items():
        job.add_done_callback(lambda _, name=name: (left.discard(name), left or ended.set()))
    if jobs:
        await ended.wait()
    report = Report({}, {}, [])
    for name, job in jobs.items():
        if job.cancelled():
            report.cancelled.append(name)
        elif job.exception() is not None:
            report.errors[name] = job.exception()
        else:
            report.results[name] = job.result()
    return report
