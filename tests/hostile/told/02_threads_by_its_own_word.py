"""Tries: call the blocking device from the loop's own thread, and say in the message that it is another.
For: 03_blocking/03_to_thread
Must: earn nothing for test_the_event_loop_stays_free
Open: whether a call came from a thread is the player's word (Began.thread)
"""

import asyncio
import inspect


class Pending:
    def __init__(self, loop):
        self.loop, self.future = loop, loop.create_future()

    def settle(self, how, value, instant, order):
        self.loop.call_in_order(instant, order, self.future.set_result, value)


async def read_meters(read, meters, patience):
    loop = asyncio.get_running_loop()
    link = loop.scheduler.partner
    target = inspect.getclosurevars(read).nonlocals["target"]
    waiting = {}
    for meter in meters:
        waiting[meter] = Pending(loop)
        link.began(target, [meter], {}, waiting[meter], thread=True, blocking=True)
    return {meter: await pending.future for meter, pending in waiting.items()}
