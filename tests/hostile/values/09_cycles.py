"""Tries: return a list that holds itself, and a dict that holds that list.
For: 05_gather_and_wait/05_partial_failures
Must: earn nothing
"""


async def send_all(send, addresses):
    ring = []
    ring.append(ring)
    return ring, {"ring": ring}
