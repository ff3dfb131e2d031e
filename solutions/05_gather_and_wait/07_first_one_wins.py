"""The first one wins.

Why: `wait` comes back when the first task has ended, however it ended, so each round asks whether it ended
with a file and otherwise goes on with the rest. The losers are all cancelled before the first of them is
awaited, so that they close at the same time; `return_exceptions` makes `gather` wait for every one of them
and keeps their CancelledErrors to itself.
"""

import asyncio
from collections.abc import Awaitable, Callable


class AllFailed(Exception):
    pass


async def fastest(fetch: Callable[[str], Awaitable[str]], mirrors: list[str]) -> str:
    racing = {asyncio.create_task(fetch(mirror)) for mirror in mirrors}
    while racing:
        ended, racing = await asyncio.wait(racing, return_when=asyncio.FIRST_COMPLETED)
        files = [task.result() for task in ended if task.exception() is None]
        if files:
            await stop(racing)
            return files[0]
    raise AllFailed(f"none of {len(mirrors)} mirrors has the file")


async def stop(tasks: set[asyncio.Task[str]]) -> None:
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


async def main() -> None:
    async def fetch(mirror: str) -> str:
        if mirror == "broken":
            raise OSError("no such host")
        try:
            await asyncio.sleep({"north": 2, "south": 0.5}.get(mirror, 1))
        except asyncio.CancelledError:
            await asyncio.sleep(0.2)
            print(f"{mirror}: connection closed")
            raise
        return f"file from {mirror}"

    print(await fastest(fetch, ["north", "south", "east", "broken"]))


if __name__ == "__main__":
    asyncio.run(main())
