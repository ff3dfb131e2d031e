"""Tries: look at the judge by /proc: its command, environment, memory, and open files.
For: 05_gather_and_wait/01_gather_basics
Must: earn nothing
"""

import os


async def open_page(profile, orders, messages, customer):
    found = []
    for name in ("cmdline", "environ", "maps", "mem", "fd", "cwd", "root", "stack", "task"):
        path = f"/proc/{os.getppid()}/{name}"
        try:
            found.append(os.listdir(path) if os.path.isdir(path) else open(path, "rb").read(100))
        except OSError:
            continue
    return {"profile": found and "seen"}
