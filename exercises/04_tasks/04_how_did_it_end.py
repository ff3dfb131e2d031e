"""How did it end?

A print shop runs its jobs as tasks. In the evening somebody asks what became of them.

Task:
    Write `sort_out(jobs)`. `jobs` is a dict of name to task. Wait until every job has ended; then return a
    Report:
    - `results`: name to result, of each job that returned.
    - `errors`: name to exception object, of each job that raised an error.
    - `cancelled`: the names of the jobs that ended by a cancellation, in the order of `jobs`.
    Cancel no job. Nobody cancels `sort_out`.

Example:
    If "flyer" returns 20, "poster" raises OSError("no ink") and "banner" is cancelled, the result is
    Report(results={"flyer": 20}, errors={"poster": OSError("no ink")}, cancelled=["banner"]).

New here:
    `await asyncio.wait(tasks)` waits until all of them have ended; it needs at least one task.
    Then `task.cancelled()` says whether one ended by a cancellation. If not, `task.exception()` gives its
    error or None, and `task.result()` its result.

Leave `Report`, `main` and the name and argument as they are.
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
    pass  # your code


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
