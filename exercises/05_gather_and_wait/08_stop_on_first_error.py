"""Stop on the first error.

A release is copied to all servers of a cluster. When one copy fails, the whole release is off, yet `gather`
lets the other copies run on: the caller hears of the error and tidies up while files are still arriving.

Task:
    Let `asyncio.wait` do the waiting in `release(copy, servers)`, so that the first error stops the rest.
    `copy` is a coroutine function: `await copy(server)` gives a report as text, or raises an error.
    No server stands in `servers` twice.
    - When all copies work, the result is the list of their reports, in the order of `servers`.
    - All copies are under way at the same time, one for each server of the list.
    - When a copy fails, all copies still under way are cancelled at that moment, all at once. A cancelled
      copy may need some time to remove its half-written files; that raises no error of its own.
    - When the last of them has ended, that first error, and no other, leaves `release`.
    - With no servers the result is an empty list.

    You may use `gather` or anything else to await what was cancelled.

Example:
    With copies that take 1, 2 and 3 seconds, of which the first fails, `await release(copy, servers)` raises
    its error after 1 second, and the other two are cancelled.

New here:
    `asyncio.wait(tasks, return_when=asyncio.FIRST_EXCEPTION)` comes back as soon as one of the tasks has
    failed, or when all have ended. Like any `wait`, it only tells; it raises nothing and stops nobody.

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
