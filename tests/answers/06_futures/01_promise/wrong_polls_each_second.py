"""Mistake: a reader looks at the slip once in a second.
Caught by: test_readers_wake_up_when_the_answer_is_there
"""

import asyncio


def new_slip():
    return asyncio.get_running_loop().create_future()


async def fill_in(slip, look_up, question):
    answer = error = None
    try:
        answer = await look_up(question)
    except Exception as caught:
        error = caught
    if slip.done():
        return False
    if error is not None:
        slip.set_exception(error)
    else:
        slip.set_result(answer)
    return True


async def read(slip):
    while not slip.done():
        await asyncio.sleep(1)
    return slip.result()
