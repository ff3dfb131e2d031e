"""A first group.

Every morning a parcel service asks its depots how many parcels are waiting. If one cannot be reached, nobody
should go on asking the others.

Task:
    Write the coroutine function `count_parcels(ask, depots)` with an `asyncio.TaskGroup`.
    `await ask(depot)` gives the number of parcels in one depot.
    - All depots are asked at the same time.
    - The result is a dict of depot to number, in the order of `depots`.
    - If asking fails, leave it to the group: it stops the open questions, waits for them, and raises all
      errors in an exception group.

Example:
    "east" answers 140 after 1 second, "west" 85 after 2. After 2 seconds
    `await count_parcels(ask, ["east", "west"])` gives {"east": 140, "west": 85}.

New here:
    In `async with asyncio.TaskGroup() as group:`, `task = group.create_task(coroutine)` starts a task. The
    block ends when all its tasks have ended; then `task.result()` gives what each returned.

Leave the name, the arguments and `main` as they are.
"""

import asyncio
from collections.abc import Awaitable, Callable


async def count_parcels(ask: Callable[[str], Awaitable[int]], depots: list[str]) -> dict[str, int]:
    pass  # your code


async def main() -> None:
    async def ask(depot: str) -> int:
        await asyncio.sleep({"east": 0.5, "west": 1}.get(depot, 0.75))
        print(f"{depot} has answered")
        return 20 * len(depot)

    print(await count_parcels(ask, ["west", "north", "east"]))


if __name__ == "__main__":
    asyncio.run(main())
