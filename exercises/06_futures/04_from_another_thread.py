"""From another thread.

A bird box has a camera. Its library takes a picture in a thread of its own and calls back from that thread.
The code below looks right and even works now and then, when something else happens to keep the event loop
busy. Last night nothing else was going on: the picture was there, and the program waited for it for ever.

Task:
    Repair the coroutine function `take_picture(snap)`.
    `snap(on_picture, on_error)` is the library: it returns at once, and calls exactly one of the two, once,
    from a thread of its own: `on_picture(picture)` with a text, or `on_error(error)` with an exception. The
    thread may call before `snap` has returned.
    - `take_picture` gives the picture as soon as it is there, also when nothing else is going on in the
      program, and also when something else is.
    - If `on_error` is called, `take_picture` raises that error.
    - While it waits, the event loop is free, several pictures can be taken at the same time, and nobody
      looks every now and then whether something has come.
    - From the library's thread nothing of asyncio is touched, except in a way that is made for threads.
    - If the one who waits is cancelled, `take_picture` ends as cancelled at once. A picture or an error that
      comes at the same moment or afterwards, while the event loop still runs, raises nothing, neither in the
      library's thread nor in the event loop. No error is left behind that nobody looks at.

Example:
    With a camera that takes 1.5 seconds, `await take_picture(snap)` takes 1.5 seconds.

Leave the name, the argument and `main` as they are.

New here:
    Nothing of asyncio may be touched from another thread, with a few exceptions. One of them is
    `loop.call_soon_threadsafe(function, argument)`: it lets the event loop call the function in its own
    thread, and wakes it if it sleeps.
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
