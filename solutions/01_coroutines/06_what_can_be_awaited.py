"""What can be awaited.

Why: an awaitable is whatever has `__await__`; coroutine objects, tasks and futures are the three common
kinds, and a coroutine function is none of them until it is called. A coroutine object can be awaited once
only, so parts are sorted by identity first and gathered once each. `gather` makes all of them wait together.
"""

import asyncio
import inspect
from typing import Any


async def resolve(parts: list[Any]) -> list[Any]:
    waiting = {id(part): part for part in parts if inspect.isawaitable(part)}
    results = dict(zip(waiting, await asyncio.gather(*waiting.values()), strict=True))
    return [results.get(id(part), part) for part in parts]


async def main() -> None:
    async def fetch(name: str, seconds: float) -> str:
        await asyncio.sleep(seconds)
        return f"the {name}"

    logo = asyncio.create_task(fetch("logo", 0.5))
    print(await resolve(["title", fetch("news", 1), 42, logo, None, logo]))


if __name__ == "__main__":
    asyncio.run(main())
