"""A moving deadline.

Why: there is one deadline, an instant, and it is moved from where it is: `when()` plus `extra`. A new
time-out for each message would begin anew at each message and give away what was left. The last deadline
that nobody moves ends the block, and with it the waiting; only that TimeoutError is caught.
"""

import asyncio
from collections.abc import Awaitable, Callable


async def chat(receive: Callable[[], Awaitable[str | None]], seconds: float, extra: float) -> list[str]:
    messages: list[str] = []
    try:
        async with asyncio.timeout(seconds) as limit:
            while (message := await receive()) is not None:
                messages.append(message)
                limit.reschedule(limit.when() + extra)
    except TimeoutError:
        pass
    return messages


async def main() -> None:
    texts = [(0.3, "my tram card"), (0.2, "is gone"), (5, "hello?")]

    async def receive() -> str | None:
        pause, text = texts.pop(0)
        await asyncio.sleep(pause)
        print(f"customer: {text}")
        return text

    print(await chat(receive, 1, 0.4))


if __name__ == "__main__":
    asyncio.run(main())
