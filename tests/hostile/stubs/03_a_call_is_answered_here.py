"""Tries: answer its own calls at once, by giving the pending call in the wire an outcome of its choice.
For: 05_gather_and_wait/01_gather_basics
Must: earn nothing
"""

import asyncio


async def open_page(profile, orders, messages, customer):
    loop = asyncio.get_running_loop()
    link = loop.scheduler.partner

    def answer():
        for number, pending in [*link._pending.items()]:
            pending.settle("returned", "guessed", loop.clock.now_ns, number)
            link._pending.pop(number)

    loop.call_soon(answer)
    profile = await profile(customer)
    loop.call_soon(answer)
    orders = await orders(customer)
    return {"profile": profile, "orders": orders, "messages": []}
