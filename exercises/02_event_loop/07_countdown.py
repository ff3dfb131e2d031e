"""Countdown.

A kitchen has many dishes on the stove and one screen. Each dish gets a countdown that shows the seconds left
and can be called off. Countdowns are mere timers of the event loop: none of them needs a task of its own.

Task:
    Write the ordinary function `countdown(seconds, tick)`. It is called while an event loop runs, sets a
    timer, and returns a future at once.
    - When 1, 2, 3 … seconds have gone by since the call, `tick(left)` is called with the whole seconds that
      are left, down to `tick(0)` at the end. `tick` is an ordinary function; `seconds` is a whole number.
    - After `tick(0)` the future has the result "time is up". With 0 seconds it has that result at once,
      without a tick.
    - It does not drift: if something keeps the event loop busy and a tick comes late, the ticks after it are
      on time again, counted from the call of `countdown`. No tick is left out: several that are late come one
      right after the other.
    - If the future is cancelled, no tick comes any more, not even one that is due already. That holds when
      `tick` itself cancels it, too.
    - If `tick` raises an error, the future gets that error, nobody else does, and no tick comes any more, not
      even one that is due already.
    - When the future is done in any of these ways, `countdown` leaves no timer running in the event loop.
      (One turn later is soon enough.)
    - It is done with the event loop's timers and a future: no task, no thread, no waiting.

Example:
    `await countdown(3, print)` prints 2, 1, 0, one a second, and gives "time is up".

New here:
    `future = loop.create_future()` makes a future. `future.set_result(x)` or `future.set_exception(error)`
    fulfils it, once; `future.done()` says whether it is fulfilled or cancelled.
    `future.add_done_callback(f)` has `f(future)` called, one turn later, when it is done or cancelled.
    `loop.call_later(...)` and `loop.call_at(...)` return a handle; `handle.cancel()` takes the timer back.

Leave the name, the arguments and `main` as they are. As long as `countdown` gives nothing back, running this
file ends with a TypeError.
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
