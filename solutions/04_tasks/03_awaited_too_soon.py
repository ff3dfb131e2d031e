"""Awaited too soon.

Why: a task that is awaited in the very next line is no better than awaiting the coroutine object: the loop
stands still until it has ended, and the next task is not even made. So first all tasks are made, in a list
that is complete, and only then they are awaited. By then they all wait together, and awaiting them in the
order of the folders puts the receipts into that order.
"""

import asyncio
from collections.abc import Awaitable, Callable


async def copy_all(copy: Callable[[str], Awaitable[str]], folders: list[str]) -> list[str]:
    tasks = [asyncio.create_task(copy(folder)) for folder in folders]
    return [await task for task in tasks]


async def main() -> None:
    async def copy(folder: str) -> str:
        await asyncio.sleep({"mail": 0.9, "photos": 0.3}.get(folder, 0.6))
        print(f"{folder}: copied")
        return f"receipt for {folder}"

    loop = asyncio.get_running_loop()
    started = loop.time()
    print(await copy_all(copy, ["mail", "photos", "music"]))
    print(f"({loop.time() - started:.1f} seconds)")


if __name__ == "__main__":
    asyncio.run(main())
