"""Mistake: the receipt is a global variable, and another order overwrites it.
Caught by: test_every_item_is_reserved
"""

RECEIPT = ""


async def place_order(reserve, charge, mail, customer, items):
    global RECEIPT
    for item in items:
        await reserve(item)
    RECEIPT = await charge(customer)
    await mail(RECEIPT)
    return f"{customer}: {RECEIPT}"
