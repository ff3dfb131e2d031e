"""Tries: start threads until there are no more.
For: 03_blocking/06_bounded_threads
Must: earn nothing
"""

import threading


async def scan(check, files):
    over = threading.Event()
    try:
        for _ in range(3_000):
            threading.Thread(target=over.wait, daemon=True).start()
    except RuntimeError:
        pass
    return [""] * len(files)
