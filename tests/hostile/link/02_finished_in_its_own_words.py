"""Tries: write the last message of a play itself, with a recording of its own in which all is well.
For: 05_gather_and_wait/02_wait_to_gather
Must: earn nothing
"""

import os
import struct


def pack(value):
    if value is None:
        return b"\xc0"
    if isinstance(value, bool):
        return b"\xc3" if value else b"\xc2"
    if isinstance(value, int):
        return b"\xcf" + struct.pack("!Q", value)
    if isinstance(value, str):
        data = value.encode()
        return b"\xdb" + struct.pack("!I", len(data)) + data
    if isinstance(value, dict):
        parts = [pack(each) for item in value.items() for each in item]
        return b"\xdf" + struct.pack("!I", len(value)) + b"".join(parts)
    return b"\xdd" + struct.pack("!I", len(value)) + b"".join(pack(each) for each in value)


def send(message):
    data = pack(message)
    os.write(3, struct.pack("!I", len(data)) + data)


async def fetch_all(fetch, urls):
    pages = ["list", [url.upper() for url in urls]]
    run = {"returned": pages, "elapsed": 1, "in_flight": {"fetch": len(urls)}}
    send(["finished", 0, [["ended", 0, "returned", pages]], {}, False, run])
    os._exit(0)
