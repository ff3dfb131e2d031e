"""A first coroutine.

A weather mast has sensors that need some time to warm up before they can be read. The station has other
work in the meantime, so warming up must be something it can wait for without standing still.

Task:
    Make `warm_up(sensor, seconds)` a coroutine function.
    - Calling it only makes a coroutine object; nothing is waited for yet.
    - Awaited, it waits `seconds` seconds (0 and fractions are allowed) and then returns the text
      "<sensor> is ready".
    - While it waits, the event loop is free for others: two sensors that warm up at the same time take
      as long as the slower one.

Example:
    `await warm_up("wind", 1.5)` takes 1.5 seconds and gives "wind is ready".

Leave the names, the arguments and `main` as they are. As long as `warm_up` is an ordinary function,
running this file ends with a TypeError: what it gives back cannot be awaited.
"""

import asyncio


def warm_up(sensor: str, seconds: float) -> str:
    pass  # your code


async def main() -> None:
    print("warming up")
    print(await warm_up("wind", 1.5))


if __name__ == "__main__":
    asyncio.run(main())
