"""A shared budget.

Why: what is shared is not a number of seconds but an instant, the deadline. It is worked out once, at the
start; what is left is asked from the clock just before each call. Handing on the number that came in
would give each call the whole budget, and a left-over of zero or less is no limit at all, so it is
checked first.
"""

import asyncio
from collections.abc import Awaitable, Callable


async def call_all(
    call: Callable[[str, float], Awaitable[str]], services: list[str], seconds: float
) -> list[str]:
    loop = asyncio.get_running_loop()
    deadline = loop.time() + seconds
    answers = []
    for service in services:
        left = deadline - loop.time()
        if left <= 0:
            raise TimeoutError(f"nothing is left for {service}")
        answers.append(await call(service, left))
    return answers


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
