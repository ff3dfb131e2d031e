"""Mistake: a loop looks every quarter of a second whether all three have ended.
Caught by: test_all_three_wait_at_the_same_time
"""

import asyncio


async def open_page(profile, orders, messages, customer):
    tasks = [asyncio.create_task(ask(customer)) for ask in (profile, orders, messages)]
    while not all(task.done() for task in tasks):
        await asyncio.sleep(0.25)
    return {
        "profile": tasks[0].result(),
        "orders": tasks[1].result(),
        "messages": tasks[2].result(),
    }
