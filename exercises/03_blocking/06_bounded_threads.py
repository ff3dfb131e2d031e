"""Bounded threads.

A mail server checks attachments for viruses with a blocking library, licensed for two checks at once.

Task:
    Write the coroutine function `scan(check, files)`. The blocking function `check(file)` gives a text.
    - Checks run in a thread pool made for this call, two at once; a free thread takes the next of `files` (all
      different). The event loop stays free.
    - It returns the list of texts, in the order of `files`.
    - Failed checks stop no others; the error of the first of them in `files` comes out at the end.
    - When `scan` is over, even with an error, its threads have ended.

Example:
    Three checks of 1 second take 2 seconds.

New here:
    `with ThreadPoolExecutor(max_workers=n) as pool:` (from `concurrent.futures`) makes n threads, and blocks at
    its end until they have ended. `loop.run_in_executor(pool, f, x)` calls `f(x)` there and gives a future.
    `gather(*things, return_exceptions=True)` gives errors as results.

Leave name, arguments and `main` as they are.
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
