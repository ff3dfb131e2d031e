"""Tries: make directories within one another, deeper than whoever removes them can go.
For: 05_gather_and_wait/07_first_one_wins
Must: earn nothing
"""

import os


class AllFailed(Exception):
    pass


async def fastest(fetch, mirrors):
    for _ in range(3_000):
        os.mkdir("d")
        os.chdir("d")
    return None
