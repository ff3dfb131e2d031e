"""Ask the loop.

Why: the two sides live in different threads, so each one waits in its own way: the plug-in blocks in
`result()`, which is fine in its thread, and the event loop goes on and runs `look_up`. The loop has to be
fetched before the thread begins, since a thread has none. Called in the loop's own thread, `result()` would
wait for a coroutine that only this thread could run.
"""

import asyncio
import time
from collections.abc import Callable, Coroutine
from typing import Any

Ask = Callable[[str], int]
LookUp = Callable[[str], Coroutine[Any, Any, int]]


async def run_plugin(plugin: Callable[[Ask], Any], look_up: LookUp) -> Any:
    loop = asyncio.get_running_loop()

    def ask(article: str) -> int:
        return asyncio.run_coroutine_threadsafe(look_up(article), loop).result()

    return await asyncio.to_thread(plugin, ask)


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
