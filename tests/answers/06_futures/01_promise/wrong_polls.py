"""Mistake: the reader looks at the slip again and again instead of awaiting it.
Caught by: test_readers_wake_up_when_the_answer_is_there
"""

import asyncio


def new_slip():
    return asyncio.get_running_loop().create_future()


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
    while not slip.done():
        await asyncio.sleep(0.1)
    return slip.result()
