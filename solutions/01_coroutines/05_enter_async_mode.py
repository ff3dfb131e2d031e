"""Into async code and back.

Why: `asyncio.run` is the door between ordinary and async code. It makes a new event loop, runs one coroutine
to its end, gives back the result or the error, and closes the loop in either case. Each call has a loop of
its own, so nothing is left over for the next night. Inside a running loop the door is shut: there, `await`.
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
    return asyncio.run(collect(ask, branches))


def main() -> None:
    async def ask(branch: str) -> int:
        await asyncio.sleep(0.5)
        return 100 * len(branch)

    print("Monday:", nightly_report(ask, ["Bonn", "Kiel"]))
    print("Tuesday:", nightly_report(ask, ["Bonn", "Kiel"]))


if __name__ == "__main__":
    main()
