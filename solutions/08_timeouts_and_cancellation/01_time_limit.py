"""A time limit.

Why: one `asyncio.timeout` stands around the whole loop, so the limit holds for all questions together.
The list is filled with "no data" beforehand; what the block has put into it by then stays when the block
is broken off. Only TimeoutError is caught: every other error, and a cancellation from outside, goes on
up.
"""

import asyncio
from collections.abc import Awaitable, Callable


async def departures(ask: Callable[[str], Awaitable[str]], lines: list[str], seconds: float) -> list[str]:
    board = ["no data"] * len(lines)
    try:
        async with asyncio.timeout(seconds):
            for place, line in enumerate(lines):
                board[place] = await ask(line)
    except TimeoutError:
        pass
    return board


async def main() -> None:
    async def ask(line: str) -> str:
        await asyncio.sleep(0.6)
        return f"in {len(line)} min"

    print(await departures(ask, ["line 4", "night line 12", "harbour line"], 1.5))


if __name__ == "__main__":
    asyncio.run(main())
