"""From call-backs to await.

Why: a future is the bridge. The call-backs make it done, the coroutine awaits it, and an error set on it is
raised where it is awaited. Whoever calls back may be late or come twice, and a cancelled await cancels the
future too; so each call-back asks first whether the future is done, by whatever way.
"""

import asyncio
from collections.abc import Callable

Scan = Callable[[int, Callable[[str], None], Callable[[Exception], None]], None]


async def scan_page(scan: Scan, page: int) -> str:
    scanned: asyncio.Future[str] = asyncio.get_running_loop().create_future()

    def on_text(text: str) -> None:
        if not scanned.done():
            scanned.set_result(text)

    def on_error(error: Exception) -> None:
        if not scanned.done():
            scanned.set_exception(error)

    scan(page, on_text, on_error)
    return await scanned


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
