"""A time limit.

The board at a tram stop shows the next tram of each line. The control centre answers one question at a time,
and some of them slowly.

Task:
    Write the coroutine function `departures(ask, lines, seconds)`.
    - Ask for each of `lines` (all different), one after another: `await ask(line)` gives a text.
    - `seconds` is the limit for all questions together. When it is over, the question under way is cancelled,
      and no further one is asked.
    - The result is a list of texts in the order of `lines`: the answers, and "no data" for each line that has
      none in time.

Example:
    Three answers take 1 second each, and `seconds` is 2.5: ["in 4 min", "in 9 min", "no data"].

New here:
    `async with asyncio.timeout(seconds):` sets a limit to the block below. When the time is up, what the block
    awaits is cancelled, and a TimeoutError comes out.

Leave names, arguments and `main` as they are.
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
