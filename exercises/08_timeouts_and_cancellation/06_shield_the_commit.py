"""Shield the commit.

A ticket shop writes each sale to its ledger. When the shop closes, the task that does so is cancelled, but
half a line must never stand there.

Task:
    Write the coroutine function `save(write, record)`.
    - `await write(record)`, once, gives a receipt, which is the result. If the write fails, its error leaves
      `save`.
    - If `save` is cancelled during the write, once or several times, the write is not disturbed. `save` waits
      for its end, and only then ends as cancelled.
    - If the write fails after that, `save` prints "not saved: " with the text of the error, and still ends as
      cancelled.

Example:
    A write takes 2 seconds; cancelled after 0.5, `save` ends as cancelled after 2.

New here:
    `await asyncio.shield(task)` waits for a task without passing on a cancellation: who waits gets the
    CancelledError, the task works on. `asyncio.wait` passes none on either.

Leave the name, the arguments and `main` as they are.
"""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any


async def save(write: Callable[[str], Coroutine[Any, Any, str]], record: str) -> str:
    pass  # your code


async def main() -> None:
    async def write(record: str) -> str:
        print(f"writing {record}")
        await asyncio.sleep(1)
        print(f"{record} is written")
        return "receipt 17"

    saving = asyncio.create_task(save(write, "two seats in row 5"))
    await asyncio.sleep(0.4)
    print("the shop closes")
    saving.cancel()
    await asyncio.wait([saving])
    print("cancelled:", saving.cancelled())


if __name__ == "__main__":
    asyncio.run(main())
