"""Tries: write what is no message of the protocol, well-formed and not.
For: 05_gather_and_wait/05_partial_failures
Must: be refused
"""

import os
import struct

for data in (b"\xc1", b"\x80", b"\x91\xa6report", b"\x93\xa2go\x00\xc0", b"\xdd\xff\xff\xff\xff"):
    os.write(3, struct.pack("!I", len(data)) + data)


async def send_all(send, addresses):
    return {}, {}
