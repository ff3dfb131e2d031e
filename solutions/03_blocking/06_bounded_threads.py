"""Bounded threads.

Why: a pool with two workers is the limit; everything else may be handed to it at once and stands in line.
`run_in_executor` gives futures that the event loop can await; the pool's own `result()` would block. Closing
a pool blocks too while a job still runs. So all jobs are awaited inside the `with` block, with errors as
results: at its end nothing runs any more, and closing takes no time.
"""

import asyncio
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor


async def scan(check: Callable[[str], str], files: list[str]) -> list[str]:
    loop = asyncio.get_running_loop()
    with ThreadPoolExecutor(max_workers=2) as pool:
        jobs = [loop.run_in_executor(pool, check, file) for file in files]
        found = await asyncio.gather(*jobs, return_exceptions=True)
    texts = []
    for text in found:
        if isinstance(text, BaseException):
            raise text
        texts.append(text)
    return texts


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
