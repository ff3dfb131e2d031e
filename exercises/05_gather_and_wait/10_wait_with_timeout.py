"""Wait with a time-out.

A travel site asks several airlines for an offer and shows its page after a few seconds with whatever is
there. The code below was written in the belief that `asyncio.wait` raises an error when its time is up, and
that it stops whoever is late. It does neither: the late requests run on, and nobody is told who is missing.

Task:
    Repair `offers(ask, airlines, limit)`.
    `ask` is a coroutine function: `await ask(airline)` gives an offer as text. It never fails; it may only be
    slow. No airline stands in `airlines` twice. `limit` is in seconds and greater than 0.
    - All airlines are asked at the same time. The result is a tuple `(there, late)`: `there` is a dict of the
      offers that came within the limit, by airline; `late` is the list of the other airlines, in the order of
      `airlines`.
    - When the limit is over, the late requests are cancelled, all at once. A cancelled request may need
      some time to hang up; `offers` returns when every one of them has ended. No error leaves `offers`,
      not even the CancelledError of a late request.
    - If all offers are there before the limit, `offers` returns at that moment, and `late` is empty. Without
      airlines it returns an empty dict and an empty list at once.

Example:
    With airlines that take 1, 9 and 2 seconds, `await offers(ask, ["Alba", "Boreas", "Condor"], 4)` takes
    4 seconds and gives ({"Alba": "120 EUR", "Condor": "99 EUR"}, ["Boreas"]).

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
