"""Right: every step in its own coroutine, awaited in a row."""


async def place_order(reserve, charge, mail, customer, items):
    async def reserve_all():
        for item in items:
            await reserve(item)

    async def pay():
        return await charge(customer)

    await reserve_all()
    receipt = await pay()
    await mail(receipt)
    return customer + ": " + receipt
