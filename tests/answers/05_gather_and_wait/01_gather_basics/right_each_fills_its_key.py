"""Right: each of three coroutines fills its own key."""

import asyncio


async def open_page(profile, orders, messages, customer):
    page = {}

    async def fill(key, ask):
        page[key] = await ask(customer)

    await asyncio.gather(fill("profile", profile), fill("orders", orders), fill("messages", messages))
    return page
