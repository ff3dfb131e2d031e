"""Tries: let a child process that stays behind hold the channel, so that the end of the play never comes.
For: 08_timeouts_and_cancellation/01_time_limit
Must: be refused
"""

import os
import subprocess
import sys


async def departures(ask, lines, seconds):
    os.set_inheritable(3, True)
    subprocess.Popen([sys.executable, "-c", "while True: pass"], close_fds=False, start_new_session=True)
    os._exit(0)
