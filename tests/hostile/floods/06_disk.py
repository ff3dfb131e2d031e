"""Tries: fill the disk with many files, each as large as it may be.
For: 08_timeouts_and_cancellation/02_inside_or_outside
Must: earn nothing
"""


async def offer(ask, supplier, seconds):
    return ""


async def all_offers(ask, suppliers, seconds):
    for number in range(30):
        with open(f"file-{number}", "wb") as file:
            file.write(bytes(15 << 20))
    while True:
        pass
