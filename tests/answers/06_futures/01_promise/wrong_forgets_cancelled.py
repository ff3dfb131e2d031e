"""Mistake: a slip with a result is left alone, but a cancelled one is set.
Caught by: test_a_cancelled_slip_stays_cancelled
"""

import asyncio


def new_slip():
    return asyncio.get_running_loop().create_future()


async def fill_in(slip, look_up, question):
    try:
        answer, error = await look_up(question), None
    except Exception as caught:
        answer, error = None, caught
    if slip.done() and not slip.cancelled():
        return False
    if error is not None:
        slip.set_exception(error)
    else:
        slip.set_result(answer)
    return True


async def read(slip):
    return await slip
