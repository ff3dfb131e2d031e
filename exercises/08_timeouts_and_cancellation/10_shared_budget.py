"""A shared budget.

A shop's checkout makes three calls: it reserves the goods, charges the card, and books the parcel. The
customer waits three seconds for all of that, not three for each. So every service is told how long it may
take, and gives up by itself when its time is over.

Task:
    Write the coroutine function `call_all(call, services, seconds)`.
    - It makes `await call(service, limit)` for each of `services`, one after another, in their order. The
      result is the list of the answers.
    - `limit` is a number: how many of the `seconds` seconds are left at the moment when this call begins. The
      seconds are counted from the start of `call_all`.
    - A service keeps to its limit: when its time is over, `call` raises a TimeoutError. That leaves
      `call_all`, and no further call is made. So does any other error.
    - A slow line can bring an answer later than the limit allows. If nothing is left when a call should
      begin, zero or less, that call is not made, and `call_all` raises a TimeoutError. No call may ever get a
      limit of zero or less.
    - If `seconds` is zero or less from the start, that is so for the first call already.

Example:
    With 3 seconds and calls that take 1 second, 0.5 seconds and 1 second, the limits are 3, 2 and 1.5.

Leave the name, the arguments and `main` as they are. You need not break off a call yourself; its limit does.
If the answer of the last call comes too late, you may return it with the others or raise a TimeoutError.
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
