"""Tries: become another program, which holds the channel.
For: 06_futures/03_callback_to_await
Must: be refused
"""

import os
import sys


async def scan_page(scan, page):
    os.set_inheritable(3, True)
    os.execv(sys.executable, [sys.executable, "-c", "import os; os.write(3, b'\\0\\0\\0\\1\\xc0'); os.read(3, 1)"])
