"""Gather basics.

Why: `gather` takes the three coroutine objects as three arguments, makes a task of each, and waits for all of
them in one go. Nothing is awaited before all three are under way. The results come in the order of the
arguments, so that each finds its key, whichever service is the fastest.
"""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

Ask = Callable[[str], Awaitable[Any]]


async def open_page(profile: Ask, orders: Ask, messages: Ask, customer: str) -> dict[str, Any]:
    answers = await asyncio.gather(profile(customer), orders(customer), messages(customer))
    return dict(zip(("profile", "orders", "messages"), answers, strict=True))


async def main() -> None:
    async def profile(customer: str) -> str:
        await asyncio.sleep(0.5)
        return f"{customer} Lovelace"

    async def orders(customer: str) -> list[str]:
        await asyncio.sleep(1.5)
        return ["lamp", "shade"]

    async def messages(customer: str) -> list[str]:
        await asyncio.sleep(1)
        return []

    print(await open_page(profile, orders, messages, "Ada"))


if __name__ == "__main__":
    asyncio.run(main())
