"""The first one wins.

An installer knows several mirrors that hold the same file. It asks all of them, takes the file from whichever
answers first, and needs nothing from the others any more. Today the others go on downloading in the
background, and a mirror that fails quickly counts as the winner.

Task:
    Write the coroutine function `fastest(fetch, mirrors)`.
    `fetch` is a coroutine function: `await fetch(mirror)` gives the file as text, which may be empty, or
    raises an error. No mirror stands in `mirrors` twice.
    - All mirrors are asked at the same time, each once. The result is the first file that comes.
    - A mirror that raises an error is out of the race, and the others are still in it. Several mirrors may
      end at the same moment.
    - As soon as there is a winner, the mirrors still being asked are cancelled, all at once. A cancelled
      `fetch` may need some time to close its connection, and raises no error of its own; `fastest` returns
      when every one of them has ended.
    - If all mirrors have failed, or there are none, `fastest` raises AllFailed, with a text of your choice.

Example:
    With mirrors that answer after 2 and 0.5 seconds and one that fails at once,
    `await fastest(fetch, ["north", "south", "broken"])` gives the file of "south" after 0.5 seconds,
    and "north" is cancelled.

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
