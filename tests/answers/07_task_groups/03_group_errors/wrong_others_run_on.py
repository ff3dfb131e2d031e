"""Mistake: gather with return_exceptions lets the other files be loaded to the end.
Caught by: test_the_first_failure_stops_the_rest
"""

import asyncio
from dataclasses import dataclass


@dataclass
class Report:
    loaded: dict
    problems: list


async def import_files(load, names):
    results = await asyncio.gather(*(load(name) for name in names), return_exceptions=True)
    report = Report({}, [])
    for name, result in zip(names, results):
        if isinstance(result, ValueError):
            report.problems.append(str(result))
        elif isinstance(result, BaseException):
            raise ExceptionGroup("import", [result])
        else:
            report.loaded[name] = result
    return report
