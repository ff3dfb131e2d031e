"""Mistake: close() silences the warning and throws the work away.
Caught by: test_every_item_is_reserved
"""


async def place_order(reserve, charge, mail, customer, items):
    for item in items:
        reserve(item).close()
    receipt = await charge(customer)
    await mail(receipt)
    return f"{customer}: {receipt}"
