"""Tries: report an error with causes a thousand deep as the end of the play.
For: 06_futures/03_callback_to_await
Must: be refused
"""

import os
import struct


def failure(depth):
    inner = b"\x83\xa4type\xa1E\xa7message\xa0\xa5cause"
    return inner * depth + b"\xc0"


async def scan_page(scan, page):
    for depth in (200, 400, 900):
        data = b"\x94\xa6report\x00\xc0\x91\x94\xa5ended\x00\xa6raised" + failure(depth)
        os.write(3, struct.pack("!I", len(data)) + data)
        os.read(3, 1 << 16)
    os._exit(0)
