"""Inside or outside.

A purchasing department asks its suppliers for offers and gives each of them a few seconds. For a supplier
that does not answer in time, the table should say "no offer". The `except TimeoutError` is there, and still
one slow supplier brings the whole table down with a TimeoutError.

Task:
    Repair `offer(ask, supplier, seconds)`. `ask` is a coroutine function: `await ask(supplier)` gives a text.
    - If the answer comes within `seconds` seconds, it is the result, even if it is an empty text.
    - If not, the question is cancelled when the time is up, and the result is the text "no offer".
    - A supplier's own computer may give up too: if `ask` raises a TimeoutError before the time is up, the
      result is "no offer" as well, at that moment.
    - Every other error of `ask` leaves `offer`. If the task that runs `offer` is cancelled, the question under
      way is cancelled too, and the task ends as cancelled.

    `all_offers(ask, suppliers, seconds)` asks all suppliers at the same time and gives the list of their
    offers, in the order of `suppliers`. It is in order as it stands: with an `offer` that works, a slow
    supplier costs nobody else their place in the list.

Example:
    "Abel" answers "12 crates" after 1 second, "Baker" would answer after 9 seconds, and `seconds` is 2. Then
    `await all_offers(ask, ["Abel", "Baker"], 2)` gives ["12 crates", "no offer"] after 2 seconds.

Leave `all_offers`, `main` and the names and arguments as they are.
"""

import asyncio
from collections.abc import Awaitable, Callable

Ask = Callable[[str], Awaitable[str]]


async def offer(ask: Ask, supplier: str, seconds: float) -> str:
    async with asyncio.timeout(seconds):
        try:
            return await ask(supplier)
        except TimeoutError:
            return "no offer"


async def all_offers(ask: Ask, suppliers: list[str], seconds: float) -> list[str]:
    return await asyncio.gather(*(offer(ask, supplier, seconds) for supplier in suppliers))


async def main() -> None:
    async def ask(supplier: str) -> str:
        await asyncio.sleep({"Abel": 0.4, "Baker": 9}.get(supplier, 0.8))
        return f"12 crates from {supplier}"

    try:
        print(await all_offers(ask, ["Abel", "Baker", "Conrad"], 1.5))
    except TimeoutError:
        print("TimeoutError: no table today")


if __name__ == "__main__":
    asyncio.run(main())
