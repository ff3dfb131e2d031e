"""Shield the commit.

Why: the write is a task of its own, so that it has a life beyond the one who waits, and the variable
keeps it in reach. A cancellation reaches only the waiting: it is noted, and the waiting begins again.
When the write has ended, the noted CancelledError is raised on, so that whoever cancelled `save` sees
that it worked. A bare `await asyncio.shield(write(record))` protects the write as well, but leaves it
behind with nobody waiting.
"""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any


async def save(write: Callable[[str], Coroutine[Any, Any, str]], record: str) -> str:
    writing = asyncio.create_task(write(record))
    cancelled = None
    while not writing.done():
        try:
            await asyncio.wait([writing])  # like asyncio.shield, this passes no cancellation on
        except asyncio.CancelledError as request:
            cancelled = request
    if cancelled is None:
        return writing.result()
    if error := writing.exception():
        print(f"not saved: {error}")
    raise cancelled


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
