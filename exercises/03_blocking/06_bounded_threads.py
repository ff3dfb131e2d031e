"""Bounded threads.

A mail server has every attachment checked for viruses. The checker is a blocking library, and the licence
allows two checks at the same time. The default pool of the event loop has many more threads than that, and it
belongs to the whole program: it must not be filled with slow checks.

Task:
    Write the coroutine function `scan(check, files)`. `check` is a blocking function: `check(file)` gives a
    text. Every file occurs once.
    - The checks run in a pool of threads of its own, made for this call. Two checks run at the same time,
      never more; whenever a thread is free, the next of `files` has its turn. The event loop stays free.
    - The result is the list of the texts, in the order of `files`.
    - If a check fails, the other files are checked all the same. When all are over, its error leaves `scan`;
      if several have failed, the error of the one that comes first in `files`.
    - When `scan` is over, with or without an error, the pool is closed and its threads have ended.

Example:
    With three checks of 1 second each, `await scan(check, ["a.doc", "b.pdf", "c.exe"])` takes 2 seconds.

New here:
    `ThreadPoolExecutor(max_workers=n)` from `concurrent.futures` is a pool of at most n threads. Its
    `shutdown()`, which also comes at the end of a `with` block, closes it and blocks until all its jobs are
    over and its threads have ended. `loop.run_in_executor(pool, f, x)` calls `f(x)` in the pool, as soon as a
    thread is free, and gives a future.
    `await asyncio.gather(*things, return_exceptions=True)` waits for all and puts errors among the results.

Leave the name, the arguments and `main` as they are.
"""

import asyncio
import time
from collections.abc import Callable


async def scan(check: Callable[[str], str], files: list[str]) -> list[str]:
    pass  # your code


async def main() -> None:
    started = time.perf_counter()

    def check(file: str) -> str:
        print(f"{time.perf_counter() - started:.1f}  {file} is being checked")
        time.sleep(0.5)
        return f"{file}: clean"

    print(await scan(check, ["a.doc", "b.pdf", "c.exe", "d.zip"]))
    print(f"{time.perf_counter() - started:.1f}  all is checked")


if __name__ == "__main__":
    asyncio.run(main())
