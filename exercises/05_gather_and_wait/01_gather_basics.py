"""Gather basics.

A help desk opens a customer's page many times a day. At present its three services are asked one after
another, and the staff wait for the sum of all three.

Task:
    Write the coroutine function `open_page(profile, orders, messages, customer)`.
    `profile`, `orders` and `messages` are coroutine functions. Ask each of them once, with `customer`, all three
    at the same time.
    - The result is a dict with the keys "profile", "orders" and "messages", each with what its own service gave.

Example:
    With services that take 0.5, 1.5 and 1 seconds, `await open_page(profile, orders, messages, "Ada")` takes
    1.5 seconds and gives {"profile": "Ada Lovelace", "orders": ["lamp"], "messages": []}.

Leave the name, the arguments and `main` as they are.
"""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

Ask = Callable[[str], Awaitable[Any]]


async def open_page(profile: Ask, orders: Ask, messages: Ask, customer: str) -> dict[str, Any]:
    pass  # your code


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
