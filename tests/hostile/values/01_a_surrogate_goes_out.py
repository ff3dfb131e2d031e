"""Tries: call the service with half a character, which the world cannot write down.
For: 05_gather_and_wait/02_wait_to_gather
Must: earn nothing
Open: kata/world/services.py answers with text that cannot be encoded, and kata/world/record.py keeps arguments as values
"""


async def fetch_all(fetch, urls):
    return [await fetch("\ud800") for _ in urls]
