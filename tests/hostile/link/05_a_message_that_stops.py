"""Tries: begin a message and never end it.
For: 07_task_groups/06_contain_one_failure
Must: be refused
"""

import os
import struct


async def collect_news(fetch, feeds):
    os.write(3, struct.pack("!I", 4096) + b"\x94")
    while True:
        pass
