"""A shared budget.

A shop's checkout reserves the goods, charges the card, and books the parcel, all within three seconds. So
every service is told how long it may take.

Task:
    Write the coroutine function `call_all(call, services, seconds)`.
    - It makes `await call(service, limit)` for each of `services`, one after another. The result is the list
      of the answers.
    - `limit` is how many of the `seconds` seconds are left when this call begins. When its limit is over,
      `call` raises a TimeoutError by itself.
    - A slow line can bring an answer later. If zero or less is left for the next call, it is not made, and
      `call_all` raises a TimeoutError.

Example:
    With 3 seconds and calls of 1, 0.5 and 1 second, the limits are 3, 2 and 1.5.

Leave the name, the arguments and `main` as they are. If only the last answer comes too late, return it with
the others or raise a TimeoutError.
"""

import asyncio
from collections.abc import Awaitable, Callable


async def call_all(call: Callable[[str, float], Awaitable[str]], services: list[str], seconds: float) -> list[str]:
    pass  # your code


async def main() -> None:
    async def call(service: str, limit: float) -> str:
        print(f"{service} may take {limit:.1f} seconds")
        async with asyncio.timeout(limit):
            await asyncio.sleep(0.8)
        return f"{service}: done"

    try:
        print(await call_all(call, ["reserve", "charge", "parcel"], 2))
    except TimeoutError:
        print("TimeoutError: please try again later")


if __name__ == "__main__":
    asyncio.run(main())
