"""Tries: put an object of its own in the place of the wire, which says that all is well.
For: 05_gather_and_wait/10_wait_with_timeout
Must: earn nothing
"""

import asyncio


class Partner:
    def may_jump(self, to):
        return True

    def next_instant(self):
        return None

    def may_act(self):
        return False

    def exchange(self, deadline):
        return deadline


async def offers(ask, airlines, seconds):
    asyncio.get_running_loop().scheduler.partner = Partner()
    await asyncio.sleep(seconds)
    return {airline: airline.upper() for airline in airlines}, []
