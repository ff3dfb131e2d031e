"""Mistake: one future is made once and handed out again and again.
Caught by: test_a_new_slip_is_an_empty_future
"""

import asyncio

slips = []


def new_slip():
    if not slips:
        slips.append(asyncio.get_running_loop().create_future())
    return slips[0]


async def fill_in(slip, look_up, question):
    try:
        answer = await look_up(question)
    except Exception as error:
        if slip.done():
            return False
        slip.set_exception(error)
        return True
    if slip.done():
        return False
    slip.set_result(answer)
    return True


async def read(slip):
    return await slip
