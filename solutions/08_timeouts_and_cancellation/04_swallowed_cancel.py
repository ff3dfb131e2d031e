"""The swallowed cancellation.

Why: a cancellation is a CancelledError raised at the await, and it stops a task only if nobody keeps it
back. It is no Exception, so `except Exception` handles whatever a letter can do wrong and lets the
cancellation pass; a bare `except` is wider than anybody means. At the pause there is nothing to handle at
all.
"""

import asyncio
from collections.abc import Awaitable, Callable


async def deliver(send: Callable[[str], Awaitable[object]], letters: list[str], pause: float) -> list[str]:
    failed = []
    for letter in letters:
        try:
            await send(letter)
        except Exception:  # one bad address must not stop the others
            failed.append(letter)
        await asyncio.sleep(pause)
    return failed


async def main() -> None:
    async def send(letter: str) -> None:
        print(f"sending to {letter}")
        await asyncio.sleep(0.3)

    delivering = asyncio.create_task(deliver(send, ["Ada", "Bert", "Cleo", "Dora"], 0.2))
    await asyncio.sleep(0.7)
    print("please stop")
    delivering.cancel()
    await asyncio.wait([delivering])
    print("cancelled:", delivering.cancelled())


if __name__ == "__main__":
    asyncio.run(main())
