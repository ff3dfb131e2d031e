"""Mistake: only the last call is awaited, the others still make objects that nobody runs.
Caught by: test_every_item_is_reserved
"""


async def place_order(reserve, charge, mail, customer, items):
    for item in items:
        reserve(item)
    receipt = charge(customer)
    await mail(str(receipt))
    return f"{customer}: {receipt}"
