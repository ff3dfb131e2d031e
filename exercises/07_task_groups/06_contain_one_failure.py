"""One failure, contained.

A news page is put together from the feeds of several papers. One of them is always down. That is no reason to
throw away what the others send, and yet a task group does just that.

Task:
    Write the coroutine function `collect_news(fetch, feeds)`. `await fetch(feed)` gives the news of a feed as
    text.
    - All feeds are fetched at the same time.
    - The result is a dict of feed to text, in the order of `feeds`.
    - A feed that raises an OSError has the value None. The others go on. (ConnectionError and TimeoutError are
      kinds of OSError.)
    - Any other error stops the feeds still being fetched, waits for them, and leaves in an exception group.

Example:
    "Times" takes 2 seconds; "Post" raises OSError after 1. After 2 seconds the result is
    {"Times": "...", "Post": None}.

Leave the name, the arguments and `main` as they are.
"""

import asyncio
from collections.abc import Awaitable, Callable


async def collect_news(fetch: Callable[[str], Awaitable[str]], feeds: list[str]) -> dict[str, str | None]:
    pass  # your code


async def main() -> None:
    async def fetch(feed: str) -> str:
        await asyncio.sleep({"Times": 1, "Post": 0.5}.get(feed, 0.75))
        if feed == "Post":
            raise OSError("Post: no answer")
        return f"news of the {feed}"

    print(await collect_news(fetch, ["Times", "Post", "Herald"]))


if __name__ == "__main__":
    asyncio.run(main())
