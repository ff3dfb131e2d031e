"""What can be awaited.

A page is put together from parts. Some are plain values; others are still on their way.

Task:
    Write the coroutine function `resolve(parts)`. It returns a new list, with one value for each part.
    - A part that can be awaited is replaced by its result: a coroutine object, a task, a future, or any
      other object that has `__await__`.
    - Every other part stays as it is: functions too, and lists with all that is in them.
    - All parts wait at the same time.
    - An object that stands in several places is awaited once, and its result stands in each of them.

Example:
    `await resolve(["title", fetch_logo(), 42])` gives ["title", "the logo", 42].

New here:
    `inspect.isawaitable(x)` says whether `x` can be awaited. `await asyncio.gather(*things)` awaits all of
    `things` at the same time and gives the list of their results, in that order.

Leave the name, the argument and `main` as they are.
"""

import asyncio
from typing import Any


async def resolve(parts: list[Any]) -> list[Any]:
    return parts  # your code


async def main() -> None:
    async def fetch(name: str, seconds: float) -> str:
        await asyncio.sleep(seconds)
        return f"the {name}"

    logo = asyncio.create_task(fetch("logo", 0.5))
    print(await resolve(["title", fetch("news", 1), 42, logo, None, logo]))


if __name__ == "__main__":
    asyncio.run(main())
