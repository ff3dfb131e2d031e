"""Mistake: an error in a step is caught, and the order goes on without it.
Caught by: test_a_failed_step_ends_the_order
"""


async def place_order(reserve, charge, mail, customer, items):
    receipt = "no receipt"
    try:
        for item in items:
            await reserve(item)
        receipt = await charge(customer)
    except Exception:
        pass
    await mail(receipt)
    return f"{customer}: {receipt}"
