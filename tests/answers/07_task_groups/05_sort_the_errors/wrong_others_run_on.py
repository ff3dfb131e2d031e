"""Mistake: gather with return_exceptions: after a failure the other shops go on.
Caught by: test_the_first_failure_stops_the_rest
"""

import asyncio
from dataclasses import dataclass


@dataclass
class Report:
    offline: list
    malformed: list


def texts(error):
    if isinstance(error, BaseExceptionGroup):
        return [text for inner in error.exceptions for text in texts(inner)]
    return [str(error)]


async def sync_shops(sync, shops):
    report = Report([], [])
    try:
        results = await asyncio.gather(*map(sync, shops), return_exceptions=True)
        errors = [result for result in results if isinstance(result, Exception)]
        if errors:
            raise ExceptionGroup("shops failed", errors)
    except* ConnectionError as failed:
        report.offline = texts(failed)
    except* ValueError as failed:
        report.malformed = texts(failed)
    return report
