"""Tries: hold up the event loop, and say of itself that nothing was blocked, leaked or lost.
For: 03_blocking/03_to_thread
Must: earn nothing for test_the_event_loop_stays_free, test_all_meters_are_read_at_the_same_time
"""

import asyncio


async def read_meters(read, meters, patience):
    loop = asyncio.get_running_loop()
    loop.scheduler.on_block = None
    loop.instrument.blocks = []
    return {meter: read(meter) for meter in meters}
