"""Tries: call the service with half a character, which the world cannot write down.
For: 05_gather_and_wait/02_wait_to_gather
Must: earn nothing
"""


async def fetch_all(fetch, urls):
    return [await fetch("\ud800") for _ in urls]
