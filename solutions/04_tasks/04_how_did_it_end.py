"""How did it end?

Why: a task may only be asked once it has ended, and `asyncio.wait` waits for that without raising what the
jobs raised. `cancelled()` has to be asked first, since `exception()` and `result()` of a cancelled task
raise. Then `exception()` tells a failed job from one that returned, whatever it returned, and also marks the
error as seen. What was asked of a job is of no account, only how it ended.
"""

import asyncio
from dataclasses import dataclass
from typing import Any


@dataclass
class Report:
    results: dict[str, Any]
    errors: dict[str, BaseException]
    cancelled: list[str]


async def sort_out(jobs: dict[str, asyncio.Task[Any]]) -> Report:
    if jobs:
        await asyncio.wait(jobs.values())
    report = Report({}, {}, [])
    for name, job in jobs.items():
        if job.cancelled():
            report.cancelled.append(name)
        elif (error := job.exception()) is not None:
            report.errors[name] = error
        else:
            report.results[name] = job.result()
    return report


async def main() -> None:
    async def print_out(pages: int) -> int:
        await asyncio.sleep(pages / 40)
        if pages > 30:
            raise OSError("no ink")
        return pages

    pages = {"flyer": 20, "poster": 40, "banner": 30}
    jobs = {name: asyncio.create_task(print_out(number)) for name, number in pages.items()}
    asyncio.get_running_loop().call_later(0.1, jobs["banner"].cancel)
    print(await sort_out(jobs))


if __name__ == "__main__":
    asyncio.run(main())
