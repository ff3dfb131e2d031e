"""Mistake: the error is set as a result, so that reading gives it instead of raising it.
Caught by: test_an_error_goes_onto_the_slip
"""

import asyncio


def new_slip():
    return asyncio.get_running_loop().create_future()


async def fill_in(slip, look_up, question):
    try:
        answer = await look_up(question)
    except Exception as error:
        answer = error
    if slip.done():
        return False
    slip.set_result(answer)
    return True


async def read(slip):
    return await slip
