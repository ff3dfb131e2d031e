"""Ask the loop.

An invoice program lets its customers add plug-ins. A plug-in is an ordinary function that may compute and
sleep as long as it likes, so it belongs in another thread. But plug-ins also want prices, and the prices
come from a coroutine function that works in the event loop of the program and nowhere else.

Task:
    Write the coroutine function `run_plugin(plugin, look_up)`.
    - It calls `plugin(ask)` once, in another thread, and gives what the plug-in returns.
    - `ask` is an ordinary function, made by you. The plug-in calls `ask(article)` in its thread, as often as
      it likes, and gets what `await look_up(article)` gives. Until then the plug-in stands still.
    - `look_up(article)` runs in the event loop in which `run_plugin` runs, once for each question.
    - If `look_up` fails, `ask` raises that error inside the plug-in, which may catch it. An error that the
      plug-in does not catch leaves `run_plugin`, and so does an error of its own.
    - The event loop is never blocked. Several plug-ins, four at most, can run at the same time, and then
      the whole takes as long as the slowest of them.

Example:
    With a `look_up` that takes half a second, a plug-in that returns `ask("lamp") + ask("shade")` takes 1
    second and gives 52 if the prices are 40 and 12.

Leave the name, the arguments and `main` as they are.

New here:
    `asyncio.run_coroutine_threadsafe(coroutine, loop)` may be called from any thread. It lets the loop run
    the coroutine object and gives a future at once; this is one for threads, a
    `concurrent.futures.Future`, and its method `result()` blocks the calling thread until the result is
    there.
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
