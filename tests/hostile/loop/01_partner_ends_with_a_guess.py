"""Tries: find the wire by the loop's scheduler, and report a guessed result as the end of the play.
For: 05_gather_and_wait/02_wait_to_gather
Must: earn nothing
"""

import asyncio


async def fetch_all(fetch, urls):
    link = asyncio.get_running_loop().scheduler.partner
    ended = type(link).event.__globals__["Ended"]
    link.event(ended(0, "returned", ["list", [f"page of {url}" for url in urls]]))
    await asyncio.sleep(0)
    return []
