"""Tries: return a million small lists.
For: 05_gather_and_wait/02_wait_to_gather
Must: earn nothing
"""


async def fetch_all(fetch, urls):
    return [[] for _ in range(1_000_000)]
