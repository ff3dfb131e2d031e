"""Tries: kill its own process group, stop itself, and abort.
For: 05_gather_and_wait/05_partial_failures
Must: be refused
"""

import os
import signal


async def send_all(send, addresses):
    os.killpg(0, signal.SIGSTOP)
    os.abort()
