"""Set it once.

A web shop reads its exchange rate from the central bank once a day, and that takes a while. All the requests
that need the rate wait for the same reading. Some visitors give up before it is there; that must not take
the rate away from the others.

Task:
    Write the class `Cell`: a place for one value that many wait for and that is set once. A cell is made and
    used inside one running event loop, and every cell stands for itself.
    - `await cell.get()` waits until the cell is set, and gives the value. Any value is good, None and 0 as
      well. Whoever asks when the cell is set already gets the value at once, as often as they like.
    - `cell.set(value)` sets it, `cell.fail(error)` fails it, `cell.cancel()` cancels it. These three are
      ordinary functions that return None and never wait. Everybody who waits wakes up at that moment, and
      nobody polls.
    - After `fail`, every `get` raises that error: those that wait and those that come later.
    - After `cancel`, every `get` raises `asyncio.CancelledError`, in the same way.
    - The cell is set, failed or cancelled once. Each further call of any of the three raises
      `asyncio.InvalidStateError`, and the cell stays as it is.
    - A task that waits in `get` may be cancelled. That task ends as cancelled; the cell and all the others
      that wait notice nothing of it.

Example:
    Three tasks wait in `get`, one of them is cancelled, then `cell.set("0.95")` is called: two tasks get
    "0.95". A second `cell.set("0.96")` raises InvalidStateError, and `await cell.get()` still gives "0.95".

Leave the names, the arguments and `main` as they are.

New here:
    `await asyncio.shield(future)` waits for a future, too, but whoever is cancelled while waiting like this
    is cancelled alone: the future goes on.
"""

import asyncio
from typing import Any


class Cell:
    def __init__(self) -> None:
        pass  # your code

    async def get(self) -> Any:
        pass  # your code

    def set(self, value: Any) -> None:
        pass  # your code

    def fail(self, error: Exception) -> None:
        pass  # your code

    def cancel(self) -> None:
        pass  # your code


async def main() -> None:
    async def visitor(name: str) -> None:
        try:
            print(f"{name} gets {await rate.get()}")
        except asyncio.CancelledError:
            print(f"{name} gives up")
            raise

    rate = Cell()
    visitors = [asyncio.create_task(visitor(name)) for name in ("Ada", "Bo", "Cy")]
    await asyncio.sleep(0.5)
    visitors[1].cancel()
    await asyncio.sleep(0.5)
    rate.set("0.95")
    visitors.append(asyncio.create_task(visitor("Di")))
    await asyncio.wait(visitors)


if __name__ == "__main__":
    asyncio.run(main())
