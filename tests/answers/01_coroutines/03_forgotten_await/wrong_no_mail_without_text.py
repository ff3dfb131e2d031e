"""Mistake: a receipt that is an empty text counts as no receipt, and nothing is mailed.
Caught by: test_the_receipt_is_mailed_and_returned
"""


async def place_order(reserve, charge, mail, customer, items):
    for item in items:
        await reserve(item)
    receipt = await charge(customer)
    if receipt:
        await mail(receipt)
    return f"{customer}: {receipt}"
