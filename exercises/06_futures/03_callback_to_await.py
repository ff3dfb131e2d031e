"""From call-backs to await.

The driver of a book scanner was written long before coroutines. One tells it which page to scan, it returns
at once, and later it calls back. Your program is full of coroutines and would rather await the page.

Task:
    Write the coroutine function `scan_page(scan, page)`.
    `scan(page, on_text, on_error)` is the driver, an ordinary function. It is called in the event loop's
    own thread, starts a scan and returns None.
    Later, in the event loop's own thread, it calls `on_text(text)`, or `on_error(error)` with an exception.
    - `scan_page` starts the scan of the page, once, waits for the call-back, and gives the text. A page may
      be empty: the text "" is a result like any other. Each call starts one scan, also of a page that was
      scanned before.
    - If `on_error` is called, `scan_page` raises that error.
    - While it waits, the event loop is free and nobody polls: several pages can be scanned at the same time.
    - The driver is not tidy. It may call back before `scan` has returned, and it may call back several times
      for one page, with texts and errors in any mixture. The first call-back counts.
    - If the one who waits is cancelled, `scan_page` ends as cancelled, and a call-back that comes afterwards
      changes nothing. No error is left behind that nobody looks at.
    - The two functions that you hand to the driver never raise: it would stop working.

Example:
    If the driver calls `on_text("In the beginning")` after 2 seconds, `await scan_page(scan, 1)` takes 2
    seconds and gives "In the beginning".

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
