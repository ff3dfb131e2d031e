"""Right: a done callback wakes the reader through an event."""

import asyncio


def new_slip():
    return asyncio.get_event_loop().create_future()


async def fill_in(slip, look_up, question):
    error = answer = None
    try:
        answer = await look_up(question)
    except Exception as caught:
        error = caught
    if slip.cancelled() or slip.done():
        return False
    slip.set_exception(error) if error is not None else slip.set_result(answer)
    return True


async def read(slip):
    there = asyncio.Event()
    slip.add_done_callback(lambda _: there.set())
    await there.wait()
    return slip.result()
