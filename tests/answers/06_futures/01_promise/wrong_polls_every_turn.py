"""Mistake: the reader gives way with sleep(0) and asks again, which keeps the event loop busy.
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
        await asyncio.sleep(0)
    return slip.result()
