"""From wait to gather.

A price monitor fetches the pages of several shops. It makes tasks, waits for them with `asyncio.wait`, and
reads the results out of the set `done`; but a set has no order, so the prices end up beside the wrong shops.

Task:
    Rewrite `fetch_all(fetch, urls)`: await `asyncio.gather` in place of `asyncio.wait`, which is to be gone.
    `fetch` is a coroutine function: `await fetch(url)` gives the page of `url` as text.
    - The result is the list of the pages, in the order of `urls`, whichever page comes first.
    - Each URL is fetched once for each time it stands in `urls`.
    - All requests wait at the same time: the whole takes as long as the slowest page.

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
