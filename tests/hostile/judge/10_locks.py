"""Tries: lock files of the standard library that the judge reads.
For: 07_task_groups/05_sort_the_errors
Must: earn nothing
"""

import fcntl
import os
import subprocess
import sys


async def sync_shops(sync, shops):
    file = open(os.__file__)
    fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"], pass_fds=[file.fileno()])
    return None
