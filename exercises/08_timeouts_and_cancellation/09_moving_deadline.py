"""A moving deadline.

A help desk's chat is open for some seconds, and each message of the customer adds some. A lively
talk goes on, and a forgotten window closes.

Task:
    Write the coroutine function `chat(receive, seconds, extra)`.
    - `await receive()` gives the customer's next message, a text, or None when the customer leaves. Never wait
      for two at once.
    - The deadline is `seconds` seconds after the start. Each message moves it on by `extra` seconds.
    - At the deadline, waiting is cancelled. Then, or when the customer leaves, `chat` ends at once. The result
      is the list of the messages, in their order.

Example:
    `seconds` is 10, `extra` is 4; messages come after 1 and 2 seconds. The chat ends after 10 + 4 + 4.

New here:
    `async with asyncio.timeout(seconds) as limit:` names a time-out. `limit.when()` is its deadline, by the
    clock `asyncio.get_running_loop().time()`; `limit.reschedule(instant)` sets another.

Leave the name, the arguments and `main` as they are.
"""

import asyncio
from collections.abc import Awaitable, Callable


async def chat(receive: Callable[[], Awaitable[str | None]], seconds: float, extra: float) -> list[str]:
    pass  # your code


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
