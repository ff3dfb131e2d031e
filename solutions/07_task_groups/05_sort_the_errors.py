"""Sorting errors.

Why: each `except*` takes its kind of error out of the group, at whatever depth, and hands it over as a group
of the same shape; so the single errors are found by going down into it. What no clause takes goes on up by
itself, in the shape that it had, and a CancelledError is never in such a group.
"""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass


@dataclass
class Report:
    offline: list[str]
    malformed: list[str]


async def sync_shops(sync: Callable[[str], Awaitable[None]], shops: list[str]) -> Report:
    report = Report([], [])
    try:
        async with asyncio.TaskGroup() as group:
            for shop in shops:
                group.create_task(sync(shop))
    except* ConnectionError as failed:
        report.offline = texts(failed)
    except* ValueError as failed:
        report.malformed = texts(failed)
    return report


def texts(error: BaseException) -> list[str]:
    if isinstance(error, BaseExceptionGroup):
        return [text for inner in error.exceptions for text in texts(inner)]
    return [str(error)]


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
