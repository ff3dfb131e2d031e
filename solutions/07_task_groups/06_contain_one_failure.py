"""One failure, contained.

Why: a group stops everybody when one of its tasks fails, so an expected failure must not leave its task.
The `try` therefore stands inside the task, around the one call that may fail, and catches one kind of error.
Anything else still leaves the task, and the group does what a group is for.
"""

import asyncio
from collections.abc import Awaitable, Callable


async def collect_news(fetch: Callable[[str], Awaitable[str]], feeds: list[str]) -> dict[str, str | None]:
    async def news_or_none(feed: str) -> str | None:
        try:
            return await fetch(feed)
        except OSError:
            return None

    async with asyncio.TaskGroup() as group:
        tasks = {feed: group.create_task(news_or_none(feed)) for feed in feeds}
    return {feed: task.result() for feed, task in tasks.items()}


async def main() -> None:
    async def fetch(feed: str) -> str:
        await asyncio.sleep({"Times": 1, "Post": 0.5}.get(feed, 0.75))
        if feed == "Post":
            raise OSError("Post: no answer")
        return f"news of the {feed}"

    print(await collect_news(fetch, ["Times", "Post", "Herald"]))


if __name__ == "__main__":
    asyncio.run(main())
