"""Into async code and back.

A shop's nightly report is started by an old program that knows nothing of coroutines: night after night, in
the same process, it calls `nightly_report(...)` like any function. `collect`, which asks the branches for
their takings, is a coroutine function already.

Task:
    Write `nightly_report(ask, branches)`, which stays an ordinary function.
    - It runs `collect(ask, branches)` to its end in an event loop, and returns its dict.
    - When it ends, with a dict or with an error, the event loop that it used is closed.

Example:
    `nightly_report(ask, ["Bonn", "Kiel"])` gives {"Bonn": 410, "Kiel": 385} if these are the takings.

Leave `collect`, `main` and the names and arguments as they are.
"""

import asyncio
from collections.abc import Awaitable, Callable

Ask = Callable[[str], Awaitable[int]]


async def collect(ask: Ask, branches: list[str]) -> dict[str, int]:
    takings = {}
    for branch in branches:
        takings[branch] = await ask(branch)
    return takings


def nightly_report(ask: Ask, branches: list[str]) -> dict[str, int]:
    pass  # your code


def main() -> None:
    async def ask(branch: str) -> int:
        await asyncio.sleep(0.5)
        return 100 * len(branch)

    print("Monday:", nightly_report(ask, ["Bonn", "Kiel"]))
    print("Tuesday:", nightly_report(ask, ["Bonn", "Kiel"]))


if __name__ == "__main__":
    main()
