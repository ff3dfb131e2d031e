"""Awaited too soon.

A backup copies folders to a server. Somebody made a task of each copy, and expected all of them to wait
together. It did not help: four folders still take as long as all four copies added up.

Task:
    Repair `copy_all(copy, folders)`, so that all copies are under way at the same time. `await copy(folder)`
    gives a receipt, as text. The result is the list of the receipts, in the order of `folders`.

Example:
    If copying takes 1 second for "mail" and half a second for "photos", `await copy_all(copy, ["mail",
    "photos"])` takes 1 second and gives the receipt of "mail", then the receipt of "photos".

Leave the name, the arguments and `main` as they are.
"""

import asyncio
from collections.abc import Awaitable, Callable


async def copy_all(copy: Callable[[str], Awaitable[str]], folders: list[str]) -> list[str]:
    receipts = []
    for folder in folders:
        task = asyncio.create_task(copy(folder))
        receipts.append(await task)
    return receipts


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
