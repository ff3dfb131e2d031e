"""Shield the commit.

A ticket shop writes each sale to its ledger. When the shop closes, or a customer's connection breaks, the
task that handles the sale is cancelled. If that happens in the middle of writing, half a line stands in the
ledger, and the accountant spends the weekend on it.

Task:
    Write the coroutine function `save(write, record)`.
    `write` is a coroutine function: `await write(record)` writes and gives a receipt, a text.
    - `save` writes the record, once, and waits for it. The result is the receipt. If the write fails, its
      error leaves `save`.
    - If the task that runs `save` is cancelled while the write is under way, the write is not disturbed: it
      runs to its own end. `save` waits for that end, and only then ends as cancelled. The cancellation must
      not be lost.
    - If the write fails after such a cancellation, there is nobody left to hear of it. Then `save` prints one
      line, "not saved: " and the text of the error, and ends as cancelled all the same.
    - All this holds too if the task is cancelled several times before the write has ended.

Example:
    A write takes 2 seconds, and after half a second the task that runs `save` is cancelled. After 2 seconds
    the record is written, and the task ends as cancelled.

New here:
    `await asyncio.shield(task)` waits for a task without passing on a cancellation to it: the one who waits
    gets the CancelledError, the task behind the shield works on. `asyncio.wait` does not pass one on either.

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
