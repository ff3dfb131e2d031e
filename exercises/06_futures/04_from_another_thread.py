"""From another thread.

A bird box's camera takes a picture in a thread of its own and calls back from it. The code below works when
something else keeps the event loop busy. Last night nothing else did, and the program waited for ever.

Task:
    Repair the coroutine function `take_picture(snap)`.
    `snap(on_picture, on_error)` returns at once. Later, or before it has returned, its thread calls once
    `on_picture(picture)` with a text, or `on_error(error)`.
    - `take_picture` gives the picture or raises the error as soon as it comes, without polling.
    - The thread touches nothing of asyncio, except in ways made for threads.
    - Cancelled, `take_picture` ends at once. What comes later raises nothing, and no error or task is left
      behind.

Example:
    With a camera that takes 1.5 seconds, `await take_picture(snap)` takes 1.5 seconds.

Leave the name, the argument and `main` as they are.

New here:
    `loop.call_soon_threadsafe(function, argument)`, made for threads, wakes the loop and lets it call the
    function.
"""

import asyncio
import threading
import time
from collections.abc import Callable

Snap = Callable[[Callable[[str], None], Callable[[Exception], None]], None]


async def take_picture(snap: Snap) -> str:
    taken: asyncio.Future[str] = asyncio.get_running_loop().create_future()

    def on_picture(picture: str) -> None:
        if not taken.done():
            taken.set_result(picture)

    def on_error(error: Exception) -> None:
        if not taken.done():
            taken.set_exception(error)

    snap(on_picture, on_error)
    return await taken


async def main() -> None:
    def snap(on_picture: Callable[[str], None], on_error: Callable[[Exception], None]) -> None:
        def work() -> None:
            time.sleep(0.5)
            on_picture("a tit with a caterpillar")

        threading.Thread(target=work, daemon=True).start()

    async def something_else() -> None:
        await asyncio.sleep(2)
        print("(two seconds are over)")

    other = asyncio.create_task(something_else())
    started = time.perf_counter()
    print(await take_picture(snap))
    print(f"the picture came after {time.perf_counter() - started:.1f} seconds")
    await other


if __name__ == "__main__":
    asyncio.run(main())
