"""Inside or outside.

Why: when the time is up, `asyncio.timeout` cancels what is inside the block, so what arrives there is a
CancelledError. Only where the block ends is it turned into a TimeoutError. An `except TimeoutError`
inside therefore never sees the limit; around the block it does, and the supplier's own TimeoutError too.
"""

import asyncio
from collections.abc import Awaitable, Callable

Ask = Callable[[str], Awaitable[str]]


async def offer(ask: Ask, supplier: str, seconds: float) -> str:
    try:
        async with asyncio.timeout(seconds):
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
