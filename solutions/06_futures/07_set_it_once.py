"""Set it once.

Why: a future keeps what it was set to, tells everybody who awaits it, and refuses to be set again, which is
most of what a cell needs. One thing is in the way: a task that is cancelled while it awaits a future cancels
that future, and with it all others that wait. `shield` gives each of them a future of their own in between.
"""

import asyncio
from typing import Any


class Cell:
    def __init__(self) -> None:
        self._future: asyncio.Future[Any] = asyncio.get_running_loop().create_future()

    async def get(self) -> Any:
        return await asyncio.shield(self._future)

    def set(self, value: Any) -> None:
        self._future.set_result(value)

    def fail(self, error: Exception) -> None:
        self._future.set_exception(error)

    def cancel(self) -> None:
        if not self._future.cancel():
            raise asyncio.InvalidStateError("the cell is done already")


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
