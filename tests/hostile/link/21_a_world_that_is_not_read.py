"""Tries: write reports and never read what the world answers, so that it gets stuck in sending.
For: 05_gather_and_wait/10_wait_with_timeout
Must: be refused
"""

import os
import struct

DATA = b"\x94\xa6report\x00\x00\x90"


async def offers(ask, airlines, seconds):
    while True:
        os.write(3, (struct.pack("!I", len(DATA)) + DATA) * 1000)
