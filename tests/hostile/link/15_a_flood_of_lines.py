"""Tries: report lines of seven megabytes each, past the limit for what is printed, so that the world keeps them all.
For: 02_event_loop/07_countdown
Must: earn nothing
"""

import os
import struct

TEXT = "x" * 7_000_000
LINE = b"\x82\xa4text\xdb" + struct.pack("!I", len(TEXT)) + TEXT.encode() + b"\xa2at\xcb" + struct.pack("!d", 0.0)
DATA = b"\x94\xa6report\x00\x00\x91\x92\xa7printed" + LINE


def countdown(seconds, tick):
    while True:
        view = memoryview(struct.pack("!I", len(DATA)) + DATA)
        while view:
            view = view[os.write(3, view) :]
        os.read(3, 1 << 20)
