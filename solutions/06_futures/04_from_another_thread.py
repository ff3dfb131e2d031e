"""From another thread.

Why: a future that is set from another thread does not wake the event loop, which sleeps until its next timer,
or for ever; that it works when something else happens to wake it makes the mistake hard to find.
`call_soon_threadsafe` puts the call into the loop's queue and wakes it. The question whether the future is
done is asked in the loop's thread as well: asked in the camera's thread, the answer may be out of date.
"""

import asyncio
import threading
import time
from collections.abc import Callable

Snap = Callable[[Callable[[str], None], Callable[[Exception], None]], None]


async def take_picture(snap: Snap) -> str:
    loop = asyncio.get_running_loop()
    taken: asyncio.Future[str] = loop.create_future()

    def deliver(picture: str) -> None:
        if not taken.done():
            taken.set_result(picture)

    def fail(error: Exception) -> None:
        if not taken.done():
            taken.set_exception(error)

    def on_picture(picture: str) -> None:
        loop.call_soon_threadsafe(deliver, picture)

    def on_error(error: Exception) -> None:
        loop.call_soon_threadsafe(fail, error)

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
