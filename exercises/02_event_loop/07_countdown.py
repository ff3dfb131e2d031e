"""Countdown.

A kitchen screen shows countdowns for many dishes. They are mere timers, and can be called off.

Task:
    Write the ordinary function `countdown(seconds, tick)`. It returns a future at once; no task, no thread.
    - Every second, counted from the call, it calls `tick(left)` with the seconds left. After `tick(0)`, or at
      once with 0 seconds, the future has the result "time is up".
    - A late tick delays no other, and none is left out.
    - If `tick` raises an error, the future gets it, nobody else.
    - When the future is done or cancelled, even by `tick`, no tick comes and no timer stays set.

Example:
    `await countdown(3, print)` prints 2, 1, 0, one a second.

New here:
    `loop.create_future()` makes a future; its `set_result(x)` or `set_exception(error)` fulfils it.
    `future.add_done_callback(f)` has `f(future)` called one turn after its end. `loop.call_at(...)` returns
    a handle; `handle.cancel()` takes the timer back.

Leave the name, the arguments and `main` as they are.
"""

import asyncio
from collections.abc import Callable


def countdown(seconds: int, tick: Callable[[int], object]) -> "asyncio.Future[str]":
    pass  # your code


async def main() -> None:
    eggs = countdown(2, lambda left: print(f"eggs: {left} seconds"))
    toast = countdown(5, lambda left: print(f"toast: {left} seconds"))
    print("eggs:", await eggs)
    toast.cancel()
    await asyncio.sleep(0)
    print("toast is called off:", toast.cancelled())


if __name__ == "__main__":
    asyncio.run(main())
