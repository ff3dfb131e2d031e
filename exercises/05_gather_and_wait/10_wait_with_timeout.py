"""Wait with a time-out.

A travel site asks several airlines for an offer and shows after a few seconds whatever is there. The code expects
`asyncio.wait` to raise an error and to stop whoever is late. It does neither.

Task:
    Repair `offers(ask, airlines, limit)`; `limit` is in seconds.
    `await ask(airline)` gives an offer as text, and never fails. No airline stands there twice.
    - Ask all at the same time. The result is a tuple `(there, late)`: a dict of the offers that came in time, by
      airline, and a list of the other airlines, in the order of `airlines`.
    - When the limit is over, cancel all late requests at once. They may need time to hang up; return when all have
      ended.
    - If all offers come earlier, return then.

Example:
    With airlines of 1 and 9 seconds, `await offers(ask, ["Alba", "Boreas"], 4)` gives
    ({"Alba": "120 EUR"}, ["Boreas"]).

Leave the name, the arguments and `main` as they are.
"""

import asyncio
from collections.abc import Awaitable, Callable


async def offers(
    ask: Callable[[str], Awaitable[str]], airlines: list[str], limit: float
) -> tuple[dict[str, str], list[str]]:
    tasks = {airline: asyncio.create_task(ask(airline)) for airline in airlines}
    late = []
    try:
        await asyncio.wait(tasks.values(), timeout=limit)
    except TimeoutError:
        late = [airline for airline, task in tasks.items() if not task.done()]
    there = {airline: task.result() for airline, task in tasks.items() if task.done()}
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
