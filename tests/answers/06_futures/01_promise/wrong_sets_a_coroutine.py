"""Mistake: the await is forgotten, so the result of the slip is a coroutine object.
Caught by: test_the_answer_becomes_the_result_of_the_slip
"""

import asyncio


def new_slip():
    return asyncio.get_running_loop().create_future()


async def fill_in(slip, look_up, question):
    if slip.done():
        return False
    slip.set_result(look_up(question))
    return True


async def read(slip):
    return await slip
