"""Mistake: the slower clerk sets a slip that is done already.
Caught by: test_a_slip_is_written_on_once
"""

import asyncio


def new_slip():
    return asyncio.get_running_loop().create_future()


async def fill_in(slip, look_up, question):
    try:
        answer = await look_up(question)
    except Exception as error:
        slip.set_exception(error)
    else:
        slip.set_result(answer)
    return True


async def read(slip):
    return await slip
