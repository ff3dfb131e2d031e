"""The first one wins.

An installer wants a file from whichever mirror answers first.

Task:
    Write the coroutine function `fastest(fetch, mirrors)`.
    `await fetch(mirror)` gives the file as text, or raises an error. No mirror stands there twice.
    - Ask all at the same time. The result is the first file; of several at one moment, any.
    - A mirror that fails is out. When none is left, raise AllFailed.
    - When there is a winner, cancel the others at once. They may need time to close; return when all have
      ended.

Example:
    If mirrors answer after 2 and 0.5 seconds, the result is the second file, after 0.5 seconds.

Leave `AllFailed`, the name, the arguments and `main` as they are.
"""

import asyncio
from collections.abc import Awaitable, Callable


class AllFailed(Exception):
    pass


async def fastest(fetch: Callable[[str], Awaitable[str]], mirrors: list[str]) -> str:
    pass  # your code


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
