"""Chores.

Rice and washing run unattended. Television and games need you, and there is one of you.

Task:
    Write the coroutine function `evening(do, chores)`. `await do(name)` does one chore to its end and gives
    a text. `chores` is a list of tuples `(name, needs_you)`; every name occurs once.
    - Chores that do not need you all start at the beginning.
    - You do the others one after another, in the order of `chores`, from the beginning on and without breaks.
    - The result is the list of the texts, in the order of `chores`.

Example:
    With chores of 1 second, `evening(do, [("television", True), ("rice", False), ("games", True)])` takes
    2 seconds.

Leave name, arguments and `main` as they are.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable


async def evening(do: Callable[[str], Awaitable[str]], chores: list[tuple[str, bool]]) -> list[str]:
    pass  # your code


async def main() -> None:
    lasts = {"rice": 0.8, "washing": 1.5, "television": 0.9, "jogging": 0.4}
    started = time.perf_counter()

    async def do(name: str) -> str:
        print(f"{time.perf_counter() - started:.1f}  {name} begins")
        await asyncio.sleep(lasts[name])
        print(f"{time.perf_counter() - started:.1f}  {name} is over")
        return f"{name}: done"

    chores = [("television", True), ("rice", False), ("jogging", True), ("washing", False)]
    print(await evening(do, chores))


if __name__ == "__main__":
    asyncio.run(main())
