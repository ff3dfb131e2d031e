"""A time limit.

The board at a tram stop shows when the next tram of each line comes. The control centre answers one question
at a time, now and then slowly. Nobody should stand before an empty board: when the time is up, it shows what
it has.

Task:
    Write the coroutine function `departures(ask, lines, seconds)`.
    `ask` is a coroutine function: `await ask(line)` gives a text. It never raises a TimeoutError itself,
    and ends at once when it is cancelled.
    - It asks for each of `lines`, one after another, in their order. No line stands twice in `lines`.
    - `seconds` is the limit for all questions together, not for each of them. When it is over, the question
      that is under way is cancelled, no further one is asked, and the result comes at that moment.
    - The result is a list with one text for each line, in the order of `lines`: the answer, which may be an
      empty text, or "no data" if there was none in time.
    - If all answers come earlier, the result comes with the last of them.
    - If `ask` raises an error, the error leaves `departures`. If the task that runs `departures` is
      cancelled, the question under way is cancelled too, and the task ends as cancelled.

Example:
    Three answers take 1 second each, and `seconds` is 2.5. The result is ["in 4 min", "in 9 min", "no data"],
    after 2.5 seconds.

New here:
    `async with asyncio.timeout(seconds):` sets a limit to the block below it. When the time is up, whatever
    the block awaits is cancelled, and a TimeoutError comes out of the block.

Leave the name, the arguments and `main` as they are.
"""

import asyncio
from collections.abc import Awaitable, Callable


async def departures(ask: Callable[[str], Awaitable[str]], lines: list[str], seconds: float) -> list[str]:
    pass  # your code


async def main() -> None:
    async def ask(line: str) -> str:
        await asyncio.sleep(0.6)
        return f"in {len(line)} min"

    print(await departures(ask, ["line 4", "night line 12", "harbour line"], 1.5))


if __name__ == "__main__":
    asyncio.run(main())
