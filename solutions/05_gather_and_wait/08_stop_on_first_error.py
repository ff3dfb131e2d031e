"""Stop on the first error.

Why: `wait` hands back those that have not ended, which is what `gather` keeps to itself. They are all
cancelled first and then awaited together, so that their cleaning up overlaps. Those that were cancelled are
passed over afterwards, since asking them for a result would raise CancelledError; the task that failed raises
its own error.
"""

import asyncio
from collections.abc import Awaitable, Callable


async def release(copy: Callable[[str], Awaitable[str]], servers: list[str]) -> list[str]:
    tasks = [asyncio.create_task(copy(server)) for server in servers]
    if tasks:
        done, unfinished = await asyncio.wait(tasks, return_when=asyncio.FIRST_EXCEPTION)
        for task in unfinished:
            task.cancel()
        await asyncio.gather(*unfinished, return_exceptions=True)
        for task in done:
            task.result()
    return [task.result() for task in tasks]


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
