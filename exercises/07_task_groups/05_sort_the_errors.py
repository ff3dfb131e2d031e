"""Sorting errors.

Every night shops send their sales. Shops that are offline and malformed data belong in the morning's report.
Anything else is a mistake in our program.

Task:
    Write the coroutine function `sync_shops(sync, shops)`. `await sync(shop)` takes in the sales of a shop.
    One task group syncs all shops at the same time. The first failure stops those still at it. Several may
    fail at the same moment. A Report is returned:
    - `offline` holds the text of each ConnectionError, `malformed` that of each ValueError, in any order.
    - A shop may raise an ExceptionGroup, with groups inside it. Report the single errors, at any depth.
    - Other errors go on up in an exception group, without the two kinds. Inner groups keep their message.

Example:
    "Bonn" raises ConnectionError("no line"), "Kiel" a group of ValueError("till 1") and ValueError("till 4").
    The result is Report(offline=["no line"], malformed=["till 1", "till 4"]).

Leave `Report`, `main`, names and arguments as they are.
"""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass


@dataclass
class Report:
    offline: list[str]
    malformed: list[str]


async def sync_shops(sync: Callable[[str], Awaitable[None]], shops: list[str]) -> Report:
    pass  # your code


async def main() -> None:
    async def read_till(till: int) -> None:
        await asyncio.sleep(0.5)
        if till in (1, 4):
            raise ValueError(f"till {till}: no date")

    async def sync(shop: str) -> None:
        if shop == "Kiel":
            async with asyncio.TaskGroup() as tills:
                for till in range(1, 5):
                    tills.create_task(read_till(till))
        await asyncio.sleep(0.5)
        if shop == "Bonn":
            raise ConnectionError("Bonn: no line")
        if shop == "Trier":
            raise KeyError("a mistake of ours")

    print(await sync_shops(sync, ["Ulm", "Jena"]))
    print(await sync_shops(sync, ["Ulm", "Bonn"]))
    print(await sync_shops(sync, ["Ulm", "Kiel"]))
    try:
        await sync_shops(sync, ["Bonn", "Trier"])
    except* KeyError as failed:
        print("went on up:", failed.exceptions)


if __name__ == "__main__":
    asyncio.run(main())
