"""From wait to gather.

Why: `asyncio.wait` answers the question which tasks are done, as a set, and leaves the results to you.
`asyncio.gather` answers the question what came out, as a list in the order of its arguments. It makes tasks
of coroutine objects itself, raises the first error to whoever awaits it, and takes no arguments as well.
"""

import asyncio
from collections.abc import Awaitable, Callable


async def fetch_all(fetch: Callable[[str], Awaitable[str]], urls: list[str]) -> list[str]:
    return await asyncio.gather(*(fetch(url) for url in urls))


async def main() -> None:
    async def fetch(url: str) -> str:
        await asyncio.sleep({"/slow": 1.5, "/fast": 0.5}.get(url, 1))
        return f"page of {url}"

    urls = ["/slow", "/fast", "/other"]
    pages = await fetch_all(fetch, urls)
    for url, page in zip(urls, pages, strict=True):
        print(f"{url:8} {page}")


if __name__ == "__main__":
    asyncio.run(main())
