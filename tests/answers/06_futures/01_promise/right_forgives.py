"""Right: sets the slip and forgives it for being done; the future is made by its class."""

import asyncio


def new_slip():
    return asyncio.Future()


async def fill_in(slip, look_up, question):
    try:
        try:
            slip.set_result(await look_up(question))
        except asyncio.InvalidStateError:
            raise
        except Exception as error:
            slip.set_exception(error)
    except asyncio.InvalidStateError:
        return False
    return True


async def read(slip):
    await asyncio.wait([slip])
    return slip.result()
