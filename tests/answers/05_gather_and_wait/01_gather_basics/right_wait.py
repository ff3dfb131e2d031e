"""Right: asyncio.wait does the waiting; the tasks keep their results."""

import asyncio


async def open_page(profile, orders, messages, customer):

    services = {"profile": profile, "orders": orders, "messages": messages}
    tasks = {key: asyncio.ensure_future(ask(customer)) for key, ask in services.items()}
    await asyncio.wait(tasks.values())
    return {key: task.result() for key, task in tasks.items()}
