"""Chores.

Why: what runs unattended only has to be started; so all machines and your own evening are gathered as
equals. Your own evening is one coroutine with awaits in a row, as there is one of you. In a program the
thread is what there is one of: waiting runs unattended, computing needs the thread, and no gather changes
that.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable


async def evening(do: Callable[[str], Awaitable[str]], chores: list[tuple[str, bool]]) -> list[str]:
    texts: dict[str, str] = {}

    async def unattended(name: str) -> None:
        texts[name] = await do(name)

    async def yourself() -> None:
        for name, needs_you in chores:
            if needs_you:
                texts[name] = await do(name)

    machines = [unattended(name) for name, needs_you in chores if not needs_you]
    await asyncio.gather(*machines, yourself())
    return [texts[name] for name, _ in chores]


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
