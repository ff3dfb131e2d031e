"""Sorting errors.

A chain of shops sends its sales to the head office every night. A shop may be offline, or its data may be
malformed: both belong in the morning's report. Anything else is a mistake in our own program and must not
be hidden. Large shops read their tills in task groups of their own, so what a shop raises may itself be a
group.

Task:
    Write the coroutine function `sync_shops(sync, shops)`, which returns a Report. `sync` is a coroutine
    function: `await sync(shop)` is done when the sales of a shop are in.
    - All shops are synced at the same time, in one task group. The first failure stops those that are still
      at it; they do not stand in the report.
    - `offline` holds the text of each ConnectionError, `malformed` the text of each ValueError, in any order.
      Several shops may fail at the same moment. Special kinds count too: a ConnectionResetError is a
      ConnectionError.
    - Such errors may also sit in groups inside the group, at any depth. It is the single errors that are
      reported, never a group as one.
    - Errors of all other kinds go on up in an exception group, without the two kinds beside them. What is
      left of an inner group stays together in an inner group with the same message.
    - If `sync_shops` is itself cancelled, that goes on up too. (It is not cancelled while stopped shops tidy
      up.)
    - With no failure, both lists are empty.

Example:
    "Bonn" raises ConnectionError("Bonn: no line"); at the same moment "Kiel" raises a group of
    ValueError("till 1: no date") and ValueError("till 4: no sum"). The result is
    Report(offline=["Bonn: no line"], malformed=["till 1: no date", "till 4: no sum"]).

New here:
    Some members of `failed.exceptions` may again be groups, of the class ExceptionGroup.

Leave `Report`, `main` and the names and arguments as they are.
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
