"""A moving deadline.

A help desk has a chat that closes by itself. It is open for some seconds from the start, and each message of
the customer adds some seconds to the time that is left. So a lively talk goes on, and a window that somebody
forgot to close does not stay open for ever.

Task:
    Write the coroutine function `chat(receive, seconds, extra)`.
    `receive` is a coroutine function: `await receive()` waits for the customer's next message, a text, or
    gives None when the customer leaves. One `receive` at a time.
    - The deadline is at first `seconds` seconds after the start of `chat`. Each message moves it by `extra`
      seconds, whenever it comes: what is left is kept, and `extra` is added to it. Two messages at the same
      moment move it twice.
    - When the deadline has come, waiting for the next message is cancelled, and `chat` ends at that moment.
    - When the customer leaves, `chat` ends at that moment.
    - In both cases the result is the list of the messages, in the order in which they came.
    - An error of `receive` leaves `chat`. If the task that runs `chat` is cancelled, waiting for the next
      message is cancelled too, and the task ends as cancelled. (`receive` itself never raises a TimeoutError.)

Example:
    `seconds` is 10 and `extra` is 4. Messages come after 1 and 2 seconds, then none. The chat ends after
    18 seconds: 10 + 4 + 4.

New here:
    `async with asyncio.timeout(seconds) as limit:` gives a name to a time-out. `limit.when()` is its
    deadline, an instant on the event loop's clock (that clock is read with
    `asyncio.get_running_loop().time()`), and `limit.reschedule(instant)` sets another.

Leave the name, the arguments and `main` as they are. Another way to keep the deadline is as good.
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
