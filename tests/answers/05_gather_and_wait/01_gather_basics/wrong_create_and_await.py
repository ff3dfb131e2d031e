"""Mistake: every task is awaited in the line that makes it.
Caught by: test_all_three_wait_at_the_same_time
"""

import asyncio


async def open_page(profile, orders, messages, customer):
    return {
        "profile": await asyncio.create_task(profile(customer)),
        "orders": await asyncio.create_task(orders(customer)),
        "messages": await asyncio.create_task(messages(customer)),
    }
