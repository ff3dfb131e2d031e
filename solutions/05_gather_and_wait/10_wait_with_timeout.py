"""Wait with a time-out.

Why: when its time is up, `wait` simply returns; who was late is in the second set, and still running. So that
set is read instead of waiting for an error that never comes, and its tasks are cancelled and awaited. The two
sets only say who belongs where: the order comes from the dict.
"""

import asyncio
from collections.abc import Awaitable, Callable


async def offers(
    ask: Callable[[str], Awaitable[str]], airlines: list[str], limit: float
) -> tuple[dict[str, str], list[str]]:
    tasks = {airline: asyncio.create_task(ask(airline)) for airline in airlines}
    if not tasks:
        return {}, []
    done, pending = await asyncio.wait(tasks.values(), timeout=limit)
    for task in pending:
        task.cancel()
    await asyncio.gather(*pending, return_exceptions=True)
    there = {airline: task.result() for airline, task in tasks.items() if task in done}
    late = [airline for airline, task in tasks.items() if task in pending]
    return there, late


async def main() -> None:
    async def ask(airline: str) -> str:
        try:
            await asyncio.sleep({"Alba": 0.5, "Boreas": 9}.get(airline, 1))
        except asyncio.CancelledError:
            await asyncio.sleep(0.2)
            print(f"{airline}: hung up")
            raise
        return f"{20 * len(airline)} EUR"

    there, late = await offers(ask, ["Alba", "Boreas", "Condor"], 1.5)
    print("there:", there)
    print("late: ", late)


if __name__ == "__main__":
    asyncio.run(main())
