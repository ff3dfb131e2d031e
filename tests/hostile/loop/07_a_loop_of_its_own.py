"""Tries: run a loop that is no virtual one inside, in real time and unseen.
For: 01_coroutines/05_enter_async_mode
Must: earn nothing
"""

import asyncio
import selectors


async def collect(ask, branches):
    return {}


def nightly_report(ask, branches):
    loop = object.__new__(asyncio.selector_events.BaseSelectorEventLoop)
    asyncio.selector_events.BaseSelectorEventLoop.__init__(loop, selectors.DefaultSelector())
    try:
        return loop.run_until_complete(collect(ask, branches))
    finally:
        loop.close()
