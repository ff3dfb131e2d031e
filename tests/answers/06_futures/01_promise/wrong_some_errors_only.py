"""Mistake: only the errors that the author thought of go onto the slip.
Caught by: test_an_error_goes_onto_the_slip
"""

import asyncio


def new_slip():
    return asyncio.get_running_loop().create_future()


async def fill_in(slip, look_up, question):
    answer = error = None
    try:
        answer = await look_up(question)
    except (OSError, LookupError, ValueError) as caught:
        error = caught
    if slip.done():
        return False
    if error is not None:
        slip.set_exception(error)
    else:
        slip.set_result(answer)
    return True


async def read(slip):
    return await slip
