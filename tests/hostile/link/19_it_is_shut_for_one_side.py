"""Tries: shut the channel for writing only, and wait for what the world does.
For: 04_tasks/03_awaited_too_soon
Must: be refused
"""

import os
import socket
import time


async def copy_all(copy, folders):
    socket.socket(fileno=os.dup(3)).shutdown(socket.SHUT_WR)
    while True:
        time.sleep(0.1)
