"""A first group.

Why: the block of a task group is left only when all its tasks have ended, so after it each of them has a
result. The tasks stand in a dict in the order of the depots, and the results are read from it in that order,
whatever came in first. A failure needs no code: the group cancels the others and raises.
"""

import asyncio
from collections.abc import Awaitable, Callable


async def count_parcels(ask: Callable[[str], Awaitable[int]], depots: list[str]) -> dict[str, int]:
    tasks = {}
    async with asyncio.TaskGroup() as group:
        for depot in depots:
            tasks[depot] = group.create_task(ask(depot))
    return {depot: task.result() for depot, task in tasks.items()}


async def main() -> None:
    async def ask(depot: str) -> int:
        await asyncio.sleep({"east": 0.5, "west": 1}.get(depot, 0.75))
        print(f"{depot} has answered")
        return 20 * len(depot)

    print(await count_parcels(ask, ["west", "north", "east"]))


if __name__ == "__main__":
    asyncio.run(main())
