"""Cleaning up.

A weather station has few connections; one left open stays occupied.

Task:
    Write the coroutine function `follow(connect, store)`.
    - `await connect()`, once, gives a connection. `await connection.receive()` gives the next reading, a
      number, or None after the last. `store(reading)`, an ordinary function, keeps one.
    - `follow` stores all readings in order and returns how many there were.
    - However it ends, by None, an error or a cancellation, it first awaits `connection.close()`, once and to
      its end, which takes a moment. Then the error or cancellation leaves `follow`.

Example:
    With the readings 12.5 and 13, `follow` stores both, closes, and returns 2.

Leave the name, the arguments and `main` as they are. Nobody cancels `follow` while it closes.
"""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Protocol


class Connection(Protocol):
    async def receive(self) -> float | None: ...

    async def close(self) -> None: ...


async def follow(connect: Callable[[], Awaitable[Connection]], store: Callable[[float], None]) -> int:
    pass  # your code


async def main() -> None:
    class Station:
        async def receive(self) -> float | None:
            await asyncio.sleep(0.4)
            return 12.5

        async def close(self) -> None:
            print("closing")
            await asyncio.sleep(0.3)
            print("closed")

    async def connect() -> Station:
        await asyncio.sleep(0.1)
        return Station()

    following = asyncio.create_task(follow(connect, lambda reading: print(f"reading: {reading}")))
    await asyncio.sleep(1.2)
    following.cancel()
    await asyncio.wait([following])
    print("cancelled:", following.cancelled())


if __name__ == "__main__":
    asyncio.run(main())
