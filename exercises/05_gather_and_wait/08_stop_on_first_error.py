"""Stop on the first error.

A release is copied to all servers. When one copy fails, `gather` lets the others run on, and files still arrive
while the caller tidies up.

Task:
    Let `asyncio.wait` do the waiting in `release(copy, servers)`; await cancelled copies as you like.
    `await copy(server)` gives a report or raises an error. No server stands there twice.
    - All copies run at the same time. The result is the list of reports, in the order of `servers`.
    - When one fails, cancel all others at once. They may need time to clean up; when all have ended, the error leaves
      `release`. Of several at one moment, any may.

Example:
    With copies of 1 and 2 seconds, of which the first fails, its error comes after 1 second.

New here:
    `asyncio.wait(tasks, return_when=asyncio.FIRST_EXCEPTION)` returns when one has failed or all have ended.

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
