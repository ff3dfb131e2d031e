"""A first coroutine.

The sensors of a weather mast must warm up before they can be read. The station has other work meanwhile, so
it needs a way to wait for them without standing still.

Task:
    Make `warm_up(sensor, seconds)` a coroutine function.
    - Calling it only makes a coroutine object.
    - Awaited, it waits `seconds` seconds and then returns the text "<sensor> is ready".
    - While it waits, others can run: two sensors together take as long as the slower one.

Example:
    `await warm_up("wind", 1.5)` takes 1.5 seconds and gives "wind is ready".

Leave the names, the arguments and `main` as they are. As long as `warm_up` is an ordinary function,
running this file ends with a TypeError.
"""

import asyncio


def warm_up(sensor: str, seconds: float) -> str:
    pass  # your code


async def main() -> None:
    print("warming up")
    print(await warm_up("wind", 1.5))


if __name__ == "__main__":
    asyncio.run(main())
