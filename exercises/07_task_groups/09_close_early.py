"""Closing early.

A suitcase got lost at an airport. Once it is found, the people in the other stores should lock up and go home.

Task:
    Write the coroutine function `find_suitcase(search, stores)`. `await search(store)` gives the place as text
    (never an empty one), or None.
    - All stores are searched at the same time. The result is the first place, or None if there is none. Of
      several at the same moment any one will do.
    - A find stops the searches under way. They may need time to lock up: tell each only once, and return when
      all have ended.
    - An error stops the others, too, and leaves in an exception group.

Example:
    The searches take 1, 2 and 3 seconds; the second finds "shelf 7". After 2 seconds the third is stopped, and
    locks up for half a second. After 2.5 seconds the result is "shelf 7".

Leave the name, the arguments and `main` as they are.
"""

import asyncio
from collections.abc import Awaitable, Callable


async def find_suitcase(search: Callable[[str], Awaitable[str | None]], stores: list[str]) -> str | None:
    pass  # your code


async def main() -> None:
    async def search(store: str) -> str | None:
        try:
            await asyncio.sleep({"north": 0.5, "south": 1}.get(store, 1.5))
        except asyncio.CancelledError:
            await asyncio.sleep(0.25)
            print(f"{store}: locked up")
            raise
        print(f"{store}: searched")
        return "shelf 7" if store == "south" else None

    print(await find_suitcase(search, ["north", "south", "east"]))
    print(await find_suitcase(search, ["north", "west"]))


if __name__ == "__main__":
    asyncio.run(main())
