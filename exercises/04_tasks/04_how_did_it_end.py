"""How did it end?

A print shop runs its jobs as tasks. In the evening somebody wants to know what became of each: some were
printed, some failed, some were cancelled by a customer. A task remembers how it ended; one has to ask it in
the right way, and not before it has ended.

Task:
    Write the coroutine function `sort_out(jobs)`. `jobs` is a dict of name to task. It waits until every job
    has ended, however long that takes, and then returns a Report:
    - `results`: name to result, of each job that returned. A result may be anything, such as None, 0, or an
      exception object that the job did not raise but return.
    - `errors`: name to exception object, of each job that raised an error.
    - `cancelled`: the names of the jobs that ended by a cancellation, in the order of `jobs`.
    Every job stands in one of the three. A job that was asked to cancel and returned all the same, or raised
    an error while it tidied up, did not end by the cancellation.
    No error and no cancellation of a job leaves `sort_out`, and `sort_out` cancels nobody; nor is it
    cancelled itself. There may be no jobs at all.

Example:
    With the jobs "flyer", which returns 20 pages, "poster", which raises OSError("no ink"), and "banner",
    which is cancelled, the result is
    Report(results={"flyer": 20}, errors={"poster": OSError("no ink")}, cancelled=["banner"]).

New here:
    `task.done()` says whether a task has ended, `task.cancelled()` whether it ended by a cancellation.
    `task.exception()` gives its error, or None if there is none; `task.result()` gives its result. Both of
    them raise an error when the task has not ended, and a CancelledError when it was cancelled; `result()`
    also raises the error of a task that failed.
    `await asyncio.wait(tasks)` waits until every task in a list or a dict's values has ended, and raises none
    of their errors. It needs at least one task.

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
