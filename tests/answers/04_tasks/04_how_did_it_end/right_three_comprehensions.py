"""Right: waits in rounds, then one question after the other."""

import asyncio
from dataclasses import dataclass
from typing import Any


@dataclass
class Report:
    results: dict[str, Any]
    errors: dict[str, BaseException]
    cancelled: list[str]


async def sort_out(jobs):
    while waiting := [job for job in jobs.values() if not job.done()]:
        await asyncio.wait(waiting)
    cancelled = [name for name, job in jobs.items() if job.cancelled()]
    others = {name: job for name, job in jobs.items() if name not in cancelled}
    errors = {name: job.exception() for name, job in others.items() if job.exception() is not None}
    results = {name: job.result() for name, job in others.items() if name not in errors}
    return Report(results, errors, cancelled)
