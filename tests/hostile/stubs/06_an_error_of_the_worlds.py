"""Tries: hand in an error that carries the number of one of the world's own, so that the two are the same.
For: 06_futures/01_promise
Must: earn nothing for test_the_answer_becomes_the_result_of_the_slip, test_readers_wake_up_when_the_answer_is_there,
    test_an_error_goes_onto_the_slip, test_a_slip_is_written_on_once, test_a_cancelled_slip_stays_cancelled
"""

import asyncio


def new_slip():
    return asyncio.get_running_loop().create_future()


async def fill_in(slip, answer, question):
    slip.set_exception(LookupError("world 1"))


async def read(slip):
    error = LookupError()
    error._failure = ["world", 1]
    raise error
