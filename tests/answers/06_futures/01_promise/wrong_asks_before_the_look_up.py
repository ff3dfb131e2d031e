"""Mistake: whether the slip is done is asked before the look-up, and not again after it.
Caught by: test_a_slip_is_written_on_once
"""

import asyncio


def new_slip():
    return asyncio.get_running_loop().create_future()


async def fill_in(slip, look_up, question):
    if slip.done():
        return False
    try:
        answer = await look_up(question)
    except Exception as error:
        slip.set_exception(error)
    else:
        slip.set_result(answer)
    return True


async def read(slip):
    return await slip
