"""Closing early.

A suitcase got lost at a large airport. All stores are searched at the same time, and as soon as it has been
found the other searches are pointless: the people there should lock up and go home.

Task:
    Write the coroutine function `find_suitcase(search, stores)`. `search` is a coroutine function:
    `await search(store)` gives the place where the suitcase stands, as text (never an empty one), or None if
    it is not there.
    - All stores are searched at the same time. The result is the place, as soon as it is known; if it turns
      up in several stores at the same moment, any one of these places will do.
    - The searches that are still under way are then stopped. A search that is stopped may need some seconds
      to lock up. It is told to stop once only, and `find_suitcase` returns when the last search has ended.
    - Finding is no error: nothing is raised, and the task that called `find_suitcase` simply goes on.
    - If all searches give None, the result is None. With no stores it is None at once.
    - An error in a search stops the others, and leaves `find_suitcase` in an exception group. (No
      error comes at the moment when another search finds it, nor while one locks up.)
    - If `find_suitcase` is itself cancelled, it ends as cancelled when all its searches have ended. (It is
      not cancelled while searches lock up.)

Example:
    The searches take 1, 2 and 3 seconds, and the second finds it on "shelf 7". After 2 seconds the third
    search is stopped; it needs half a second to lock up. After 2.5 seconds the result is "shelf 7".

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
