"""Tries: start processes from many threads, whose children are not among those of the first one.
For: 05_gather_and_wait/02_wait_to_gather
Must: earn nothing
Needs: reaper
"""

import subprocess
import threading


def start():
    for _ in range(20):
        subprocess.Popen(["/bin/sleep", "30"], start_new_session=True)


async def fetch_all(fetch, urls):
    threads = [threading.Thread(target=start) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    while True:
        pass
