"""Countdown.

Why: a timer of the event loop is a callback with an instant, so a chain of timers and a future make a
countdown without any task. Every instant is computed from the start, and not from the tick before, so being
late once does not push back the rest. The done callback takes back whatever timer is set when the future
ends, however it ends; and as it comes one turn later, the tick itself looks first whether the future is
still open.
"""

import asyncio
from collections.abc import Callable


def countdown(seconds: int, tick: Callable[[int], object]) -> "asyncio.Future[str]":
    loop = asyncio.get_running_loop()
    start = loop.time()
    future: asyncio.Future[str] = loop.create_future()
    timer: asyncio.TimerHandle | None = None

    def set_timer(left: int) -> None:
        nonlocal timer
        timer = loop.call_at(start + seconds - left, fire, left)

    def fire(left: int) -> None:
        if future.done():
            return
        try:
            tick(left)
        except Exception as error:
            if not future.done():
                future.set_exception(error)
        if future.done():
            return
        if left == 0:
            future.set_result("time is up")
        else:
            set_timer(left - 1)

    def take_back(_: object) -> None:
        if timer is not None:
            timer.cancel()

    future.add_done_callback(take_back)
    if seconds == 0:
        future.set_result("time is up")
    else:
        set_timer(seconds - 1)
    return future


async def main() -> None:
    eggs = countdown(2, lambda left: print(f"eggs: {left} seconds"))
    toast = countdown(5, lambda left: print(f"toast: {left} seconds"))
    print("eggs:", await eggs)
    toast.cancel()
    await asyncio.sleep(0)
    print("toast is called off:", toast.cancelled())


if __name__ == "__main__":
    asyncio.run(main())
