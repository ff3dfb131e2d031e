"""Mistake: a loop looks again and again whether the question has been answered.
Caught by: test_a_slow_supplier_has_no_offer
"""

import asyncio


async def offer(ask, supplier, seconds):
    loop = asyncio.get_running_loop()
    deadline = loop.time() + seconds
    asking = asyncio.create_task(ask(supplier))
    try:
        while not asking.done() and loop.time() < deadline:
            await asyncio.sleep(0.1)
        return asking.result() if asking.done() else "no offer"
    except TimeoutError:
        return "no offer"
    finally:
        asking.cancel()


async def all_offers(ask, suppliers, seconds):
    return await asyncio.gather(*(offer(ask, supplier, seconds) for supplier in suppliers))
