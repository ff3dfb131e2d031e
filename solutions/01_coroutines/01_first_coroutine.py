"""A first coroutine.

Why: `async def` makes a coroutine function, so a call only builds a coroutine object and the body runs when
somebody awaits it. `await asyncio.sleep(...)` suspends this coroutine and gives the thread back to the
event loop until the time is up. `time.sleep` would keep the thread, and with it every other sensor.
"""

import asyncio


async def warm_up(sensor: str, seconds: float) -> str:
    await asyncio.sleep(seconds)
    return f"{sensor} is ready"


async def main() -> None:
    print("warming up")
    print(await warm_up("wind", 1.5))


if __name__ == "__main__":
    asyncio.run(main())
