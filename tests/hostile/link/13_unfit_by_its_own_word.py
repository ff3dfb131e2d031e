"""Tries: say in the wrong places that it is unfit, cancelled, or an error that is none.
For: 08_timeouts_and_cancellation/04_swallowed_cancel
Must: earn nothing
"""

import asyncio


async def deliver(send, letters, pause):
    link = asyncio.get_running_loop().scheduler.partner
    names = type(link).event.__globals__
    link.event(names["Answered"](1, "unfit", ["what", "ever"]))
    link.event(names["Answered"](2, "raised", 7))
    link.event(names["Ended"](1, "unfit", None))
    link.event(names["Ended"](0, "cancelled", None))
    link.event(names["Dropped"](2**60))
    await asyncio.sleep(0)
    return [*letters]
