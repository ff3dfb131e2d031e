"""Cleaning up.

Why: `finally` is reached on every way out, by return, by error and by cancellation, and it may await.
Nothing is caught, so whatever was under way goes on up when the closing is done. The `try` begins after
`connect`: before that there is nothing to close, and a name `connection` that does not exist yet would
hide the error.
"""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Protocol


class Connection(Protocol):
    async def receive(self) -> float | None: ...

    async def close(self) -> None: ...


async def follow(connect: Callable[[], Awaitable[Connection]], store: Callable[[float], None]) -> int:
    connection = await connect()
    stored = 0
    try:
        while (reading := await connection.receive()) is not None:
            store(reading)
            stored += 1
    finally:
        await connection.close()
    return stored


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
