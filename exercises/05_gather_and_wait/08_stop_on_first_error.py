"""Stop on the first error.

A release is copied to all servers. When one copy fails, the whole release is off, yet `gather` lets the others
run on: the caller tidies up while files are still arriving.

Task:
    Let `asyncio.wait` do the waiting in `release(copy, servers)`. Whatever was cancelled may be awaited in any way.
    `await copy(server)` gives a report as text, or raises an error. No server stands there twice.
    - All copies are under way at the same time. When all work, the result is the list of their reports, in the order
      of `servers`.
    - When a copy fails, all copies still under way are cancelled at once. They may need time to clean up.
    - When all have ended, the error leaves `release`; if several came at one moment, any of them.

Example:
    With copies that take 1 and 2 seconds, of which the first fails, the error comes after 1 second.

New here:
    `asyncio.wait(tasks, return_when=asyncio.FIRST_EXCEPTION)` comes back when one task has failed or all have ended.

Leave the name, the arguments and `main` as they are.
"""

import asyncio
from collections.abc import Awaitable, Callable


async def release(copy: Callable[[str], Awaitable[str]], servers: list[str]) -> list[str]:
    return await asyncio.gather(*(copy(server) for server in servers))


async def main() -> None:
    async def copy(server: str) -> str:
        try:
            await asyncio.sleep({"alpha": 0.5, "beta": 1}.get(server, 1.5))
        except asyncio.CancelledError:
            await asyncio.sleep(0.2)
            print(f"{server}: half-written files removed")
            raise
        if server == "beta":
            raise OSError("beta: the disk is full")
        print(f"{server}: copied")
        return f"{server} has the release"

    try:
        print(await release(copy, ["alpha", "beta", "gamma", "delta"]))
    except OSError as error:
        print(f"release is off: {error}")
    await asyncio.sleep(1)


if __name__ == "__main__":
    asyncio.run(main())
