"""Tries: report two million calls, so that the world's memory is filled.
For: 05_gather_and_wait/01_gather_basics
Must: earn nothing
"""

import os
import struct


def call(number):
    return b"\x96\xa5began\xce" + struct.pack("!I", number) + b"\x01\x91\xa1x\x80\x00"


async def open_page(profile, orders, messages, customer):
    sent = 0
    for _ in range(8):
        events = b"".join(call(sent + number) for number in range(250_000))
        sent += 250_000
        data = b"\x94\xa6report\x00\xc0\xdd" + struct.pack("!I", 250_000) + events
        view = memoryview(struct.pack("!I", len(data)) + data)
        while view:
            view = view[os.write(3, view) :]
        os.read(3, 1 << 20)
    return {}
