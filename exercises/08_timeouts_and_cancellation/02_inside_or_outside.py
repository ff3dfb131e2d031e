"""Inside or outside.

A purchasing department makes a table of offers. Instead of "no offer" for a slow supplier, a TimeoutError
brings it down.

Task:
    Repair `offer(ask, supplier, seconds)`.
    - If `await ask(supplier)` gives a text within `seconds` seconds, that is the result.
    - If not, the question is cancelled. When it has ended, the result is "no offer".
    - If `ask` itself raises a TimeoutError, the result is "no offer" too. Any other error leaves `offer`.

Example:
    "Abel" answers "12 crates" after 1 second, "Baker" would answer after 9, and `seconds` is 2. Then
    `all_offers`, which asks all at once, gives ["12 crates", "no offer"] after 2 seconds.

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
