"""Right: three tasks are made first, and then awaited one by one."""

import asyncio


async def open_page(profile, orders, messages, customer):

    tasks = {
        "profile": asyncio.create_task(profile(customer)),
        "orders": asyncio.create_task(orders(customer)),
        "messages": asyncio.create_task(messages(customer)),
    }
    return {key: await task for key, task in tasks.items()}
