"""From call-backs to await.

The driver of a book scanner knows nothing of coroutines: one tells it which page to scan, and it calls back
later. Your program would rather await the page.

Task:
    Write the coroutine function `scan_page(scan, page)`.
    `scan(page, on_text, on_error)`, an ordinary function, starts a scan. The driver then calls
    `on_text(text)` or `on_error(error)` in the event loop's thread, perhaps before `scan` has returned.
    - `scan_page` calls `scan` once and waits, without polling. It gives the text or raises the error.
    - The driver may call back several times for one page, with texts and errors. The first time counts.
    - If the one who waits is cancelled, later call-backs change nothing, and nothing is left behind.
    - Your `on_text` and `on_error` never raise.

Example:
    If the driver calls `on_text("In the beginning")` after 2 seconds, `await scan_page(scan, 1)` gives that
    text after 2 seconds.

Leave the name, the arguments and `main` as they are.
"""

import asyncio
from collections.abc import Callable

Scan = Callable[[int, Callable[[str], None], Callable[[Exception], None]], None]


async def scan_page(scan: Scan, page: int) -> str:
    pass  # your code


async def main() -> None:
    def scan(page: int, on_text: Callable[[str], None], on_error: Callable[[Exception], None]) -> None:
        loop = asyncio.get_running_loop()
        if page == 13:
            loop.call_later(0.5, on_error, OSError("paper jam"))
        else:
            loop.call_later(1, on_text, f"text of page {page}")
            loop.call_later(1.2, on_text, f"text of page {page}, once more")

    for result in await asyncio.gather(*(scan_page(scan, n) for n in (12, 13, 14)), return_exceptions=True):
        print(repr(result))
    await asyncio.sleep(0.5)


if __name__ == "__main__":
    asyncio.run(main())
