"""A time limit.

The board at a tram stop shows when the next tram of each line comes. The control centre answers one question
at a time, now and then slowly.

Task:
    Write the coroutine function `departures(ask, lines, seconds)`.
    - It makes `await ask(line)`, which gives a text, for each of `lines` (all different), one after another.
    - `seconds` is the limit for all questions together. When it is over, the question under way is cancelled,
      and no further one is asked.
    - The result is a list of texts, one for each line, in their order: the answer, or "no data" if there was
      none in time.

Example:
    Three answers take 1 second each, and `seconds` is 2.5. The result is ["in 4 min", "in 9 min", "no data"].

New here:
    `async with asyncio.timeout(seconds):` sets a limit to the block below it. When the time is up, what the
    block awaits is cancelled, and a TimeoutError comes out of the block.

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
