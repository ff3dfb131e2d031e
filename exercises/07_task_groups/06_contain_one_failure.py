"""One failure, contained.

A news page is put together from the feeds of several papers. Some paper or other is always down. That is no
reason to throw away what the others send, and yet the task group does just that.

Task:
    Write the coroutine function `collect_news(fetch, feeds)`. `fetch` is a coroutine function:
    `await fetch(feed)` gives the news of a feed as text.
    - All feeds are fetched at the same time, each of them once. The whole takes as long as the slowest,
      whether others fail or not.
    - The result is a dict of feed to text, in the order of `feeds`. No feed stands in the list twice. No
      feeds give an empty dict.
    - A feed that raises an OSError has the value None. The other feeds are not disturbed by it, however many
      fail. (ConnectionError and TimeoutError are kinds of OSError.)
    - Any other error is a mistake in the program: it stops the feeds that are still being fetched, and leaves
      `collect_news` in an exception group.
    - If `collect_news` is itself cancelled, it ends as cancelled, and so do the fetches that it has begun.
      (It is not cancelled while stopped fetches tidy up.)

Example:
    "Times" takes 2 seconds; "Post" raises OSError after 1 second. After 2 seconds the result is
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
