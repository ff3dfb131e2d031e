"""Cleaning up.

A weather service follows its stations, each over a connection that stays open for hours. The stations allow
only a few connections. One that is not closed properly stays occupied, and after some restarts of the
service nobody gets through any more.

Task:
    Write the coroutine function `follow(connect, store)`.
    - `await connect()` gives a connection. `await connection.receive()` gives the next reading, a number, or
      None when the station has no more. `store(reading)` is an ordinary function that keeps a reading.
    - `follow` connects once, receives one reading after another, and stores each, in their order. When None
      comes, the result is the number of readings that were stored.
    - However it ends (by None, by an error of `receive` or `store`, or because the task that runs `follow` is
      cancelled), the connection is closed first: `await connection.close()`, once, and to its end. Closing
      takes a moment.
    - After that, an error leaves `follow` as it is, and a cancelled task ends as cancelled.
    - If `connect` fails, or is cancelled, there is nothing to close, and its error leaves `follow` as it is.

Example:
    With the readings 12.5 and 13, `await follow(connect, store)` stores both, closes, and gives 2.

Leave the name, the arguments and `main` as they are. The task is not cancelled a second time while it closes.
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
