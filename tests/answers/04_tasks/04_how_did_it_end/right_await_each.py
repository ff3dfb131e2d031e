"""Right: awaits each job in a try block."""

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
        except asyncio.CancelledError:
            report.cancelled.append(name)
        except Exception as error:
            report.errors[name] = error
    return report
