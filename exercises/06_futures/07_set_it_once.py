"""Set it once.

A web shop reads its exchange rate once a day. Many requests wait for it, and some give up before it is
there; the others must still get it.

Task:
    Write the class `Cell`, a place for one value, made inside a running event loop.
    - `set(value)`, `fail(error)` and `cancel()`, ordinary functions, return None. One of them ends the cell;
      each further call of any of the three raises `asyncio.InvalidStateError` and changes nothing.
    - `await cell.get()` waits for that, without polling; if it has happened already, it does not wait. It
      gives the value, whatever it is, raises the error, or, after `cancel`, `asyncio.CancelledError`.
    - A task that is cancelled in `get` leaves the cell and the others alone.

Example:
    Three tasks wait, one is cancelled, `cell.set("0.95")` is called: two get "0.95".

Leave the names, the arguments and `main` as they are.

New here:
    `await asyncio.shield(future)` waits, too, but whoever is cancelled meanwhile is cancelled alone.
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
