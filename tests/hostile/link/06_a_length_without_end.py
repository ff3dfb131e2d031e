"""Tries: announce a message of four gigabytes.
For: 08_timeouts_and_cancellation/01_time_limit
Must: be refused
"""

import os


async def departures(ask, lines, seconds):
    os.write(3, b"\xff\xff\xff\xff" + b"\xc0" * 1000)
    return ["no data" for _ in lines]
