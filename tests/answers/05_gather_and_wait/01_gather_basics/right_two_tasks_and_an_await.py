"""Right: two tasks run on while the third is awaited in place."""

import asyncio


async def open_page(profile, orders, messages, customer):

    first = asyncio.create_task(profile(customer))
    second = asyncio.create_task(orders(customer))
    third = await messages(customer)
    return {"messages": third, "orders": await second, "profile": await first}
