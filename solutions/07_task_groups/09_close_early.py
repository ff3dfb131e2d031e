"""Closing early.

Why: a group has no button to close it; what stops all its tasks is an error. So the task that finds the
suitcase raises an exception of our own, which nobody else uses, and `except*` takes just that out again right
around the group. The group has waited for everybody by then, and real errors pass by. (The other way is as
good: the task that finds it cancels the other tasks, since a cancelled task is no failure of the group.)
"""

import asyncio
from collections.abc import Awaitable, Callable


class Found(Exception):
    """Stops the group; its argument is the place."""


async def find_suitcase(search: Callable[[str], Awaitable[str | None]], stores: list[str]) -> str | None:
    async def look(store: str) -> None:
        place = await search(store)
        if place is not None:
            raise Found(place)

    found = None
    try:
        async with asyncio.TaskGroup() as group:
            for store in stores:
                group.create_task(look(store))
    except* Found as stopped:
        found = str(stopped.exceptions[0])
    return found


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
