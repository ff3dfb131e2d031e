"""Mistake: the mail is handed to the event loop and the function does not wait for it.
Caught by: test_the_receipt_is_mailed_and_returned
"""

import asyncio


async def place_order(reserve, charge, mail, customer, items):
    for item in items:
        await reserve(item)
    receipt = await charge(customer)
    asyncio.ensure_future(mail(receipt))
    return f"{customer}: {receipt}"
