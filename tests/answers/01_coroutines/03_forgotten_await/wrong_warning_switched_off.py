"""Mistake: the warning is switched off, the awaits are still missing.
Caught by: test_every_item_is_reserved
"""

import warnings

warnings.simplefilter("ignore", RuntimeWarning)


async def place_order(reserve, charge, mail, customer, items):
    for item in items:
        reserve(item)
    receipt = await charge(customer)
    await mail(receipt)
    return f"{customer}: {receipt}"
