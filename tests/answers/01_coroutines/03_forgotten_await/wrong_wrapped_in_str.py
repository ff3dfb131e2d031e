"""Mistake: str() around the coroutine object makes the error go away, and the text is the object's name.
Caught by: test_the_receipt_is_mailed_and_returned
"""


async def place_order(reserve, charge, mail, customer, items):
    for item in items:
        await reserve(item)
    receipt = str(charge(customer))
    await mail(receipt)
    return f"{customer}: {receipt}"
