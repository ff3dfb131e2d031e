"""Mistake: an error of the look-up leaves the clerk, and the slip stays empty for ever.
Caught by: test_an_error_goes_onto_the_slip
"""

import asyncio


def new_slip():
    return asyncio.get_running_loop().create_future()


async def fill_in(slip, look_up, question):
    answer = await look_up(question)
    if slip.done():
        return False
    slip.set_result(answer)
    return True


async def read(slip):
    return await slip
