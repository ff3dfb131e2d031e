"""From wait to gather.

A price monitor fetches the pages of several shops. It reads them out of the set `done` that `asyncio.wait` gives;
a set has no order, so the prices end up beside the wrong shops.

Task:
    Rewrite `fetch_all(fetch, urls)` so that it awaits `asyncio.gather`, and `asyncio.wait` is gone.
    `await fetch(url)` gives the page of a URL as text. All pages are fetched at the same time.
    - The result is the list of the pages, in the order of `urls`.
    - A URL that stands in `urls` twice is fetched twice.

Example:
    `await fetch_all(fetch, ["/slow", "/fast"])` gives the page of "/slow", then the page of "/fast".

Leave the name, the arguments and `main` as they are.
"""

import asyncio
from collections.abc import Awaitable, Callable


async def fetch_all(fetch: Callable[[str], Awaitable[str]], urls: list[str]) -> list[str]:
    tasks = [asyncio.create_task(fetch(url)) for url in urls]
    done, _ = await asyncio.wait(tasks)
    return [task.result() for task in done]


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
