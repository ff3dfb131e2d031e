"""A first group.

Every morning a parcel service asks its depots how many parcels are waiting, and plans the day's routes from
the answers. If one depot cannot be reached there is no plan, and nobody should go on asking the others.

Task:
    Write the coroutine function `count_parcels(ask, depots)`. `ask` is a coroutine function:
    `await ask(depot)` gives the number of parcels in one depot.
    - An `asyncio.TaskGroup` runs the questions. All depots are asked at the same time, so the whole takes as
      long as the slowest answer.
    - The result is a dict of depot to number, in the order of `depots`, whatever comes in first. No depot
      stands in the list twice. No depots give an empty dict at once.
    - If asking a depot raises an error, let the group do its work: it stops the questions that are still
      open, and the error leaves `count_parcels` in an exception group.

Example:
    With depots that take 1 and 2 seconds, `await count_parcels(ask, ["east", "west"])` takes 2 seconds and
    gives {"east": 140, "west": 85} if these are the answers.

New here:
    `async with asyncio.TaskGroup() as group:` opens a block. Inside it, `group.create_task(coroutine)` starts
    a task in the group and gives you that task. The block is left when every task in it has ended. Only then
    does each task have a result: read it after the block, with `task.result()`.

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
