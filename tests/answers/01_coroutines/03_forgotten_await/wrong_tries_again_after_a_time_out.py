"""Mistake: a step that failed with a time-out is taken a second time, though it may have happened.
Caught by: test_a_failed_step_ends_the_order
"""


async def taken(step, text):
    try:
        return await step(text)
    except TimeoutError:
        return await step(text)


async def place_order(reserve, charge, mail, customer, items):
    for item in items:
        await taken(reserve, item)
    receipt = await taken(charge, customer)
    await taken(mail, receipt)
    return f"{customer}: {receipt}"
