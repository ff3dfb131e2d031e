"""Mistake: the result of the slip is the slip.
Caught by: test_the_answer_becomes_the_result_of_the_slip
"""

import asyncio


def new_slip():
    return asyncio.get_running_loop().create_future()


async def fill_in(slip, look_up, question):
    try:
        await look_up(question)
    except Exception as error:
        if slip.done():
            return False
        slip.set_exception(error)
        return True
    if slip.done():
        return False
    slip.set_result(slip)
    return True


async def read(slip):
    return await slip
