"""Mistake: after a minute the rest is called cancelled.
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
    if jobs:
        await asyncio.wait(jobs.values(), timeout=60)
    r = Report({}, {}, [])
    for n, j in jobs.items():
        if j.cancelled() or not j.done():
            r.cancelled.append(n)
        elif j.exception():
            r.errors[n] = j.exception()
        else:
            r.results[n] = j.result()
    return r
