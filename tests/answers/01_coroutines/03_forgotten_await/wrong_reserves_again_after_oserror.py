"""Mistake: after one kind of error, an item is reserved a second time.
Caught by: test_a_failed_step_ends_the_order
"""


async def place_order(reserve, charge, mail, customer, items):
    for item in items:
        try:
            await reserve(item)
        except OSError:
            await reserve(item)
    receipt = await charge(customer)
    await mail(receipt)
    return f"{customer}: {receipt}"
