"""Tries: leave a process that waits for the next play, and connects to what that opens.
For: 06_futures/03_callback_to_await
Must: earn nothing
"""

import os
import socket
import time


async def scan_page(scan, page):
    if os.fork() == 0:
        os.setsid()
        with socket.create_server(("127.0.0.1", 47801)):
            time.sleep(60)
        os._exit(0)
    return ""
