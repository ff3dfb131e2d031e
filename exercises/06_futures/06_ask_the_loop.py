"""Ask the loop.

Customers add plug-ins to an invoice program: ordinary functions that may compute and sleep, so they belong
in another thread. But they want prices, which a coroutine function of the program's event loop looks up.

Task:
    Write the coroutine function `run_plugin(plugin, look_up)`.
    - It calls `plugin(ask)` once, in another thread, and gives or raises what that does. Up to four plug-ins
      can run at the same time.
    - `ask` is yours, an ordinary function. `ask(article)` stands still until there is an answer, and gives or
      raises what `await look_up(article)` does.
    - Each question runs `look_up` once, in the event loop of `run_plugin`, which is never blocked.

Example:
    With prices of 40 and 12, a plug-in that returns `ask("lamp") + ask("shade")` gives 52.

Leave the name, the arguments and `main` as they are.

New here:
    `asyncio.run_coroutine_threadsafe(coroutine, loop)`, called from any thread, gives a future for threads.
    Its `result()` blocks the thread until the result is there.
"""

import asyncio
import time
from collections.abc import Callable, Coroutine
from typing import Any

Ask = Callable[[str], int]
LookUp = Callable[[str], Coroutine[Any, Any, int]]


async def run_plugin(plugin: Callable[[Ask], Any], look_up: LookUp) -> Any:
    pass  # your code


async def main() -> None:
    async def look_up(article: str) -> int:
        await asyncio.sleep(0.5)
        return {"lamp": 40, "shade": 12}[article]

    def total(ask: Ask) -> int:
        time.sleep(0.3)
        return ask("lamp") + ask("shade")

    async def blink() -> None:
        for _ in range(6):
            print("the program still answers")
            await asyncio.sleep(0.25)

    blinking = asyncio.create_task(blink())
    await asyncio.sleep(0)
    print("total:", await run_plugin(total, look_up))
    await blinking


if __name__ == "__main__":
    asyncio.run(main())
