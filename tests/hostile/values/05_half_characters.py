"""Tries: return and print text with surrogates, NULs and control characters.
For: 05_gather_and_wait/02_wait_to_gather
Must: earn nothing
"""


async def fetch_all(fetch, urls):
    print("\ud800 \x00 \x1b[2J \u202e")
    return ["\udfff\x00\x1b]0;x\x07" for _ in urls]
