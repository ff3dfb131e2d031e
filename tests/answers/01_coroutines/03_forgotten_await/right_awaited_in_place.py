"""Right: coroutine objects are made first and awaited a line later."""


async def place_order(reserve, charge, mail, customer, items):
    [await reserve(item) for item in items]
    payment = charge(customer)
    receipt = await payment
    posting = mail(receipt)
    await posting
    return f"{customer}: {receipt}"
