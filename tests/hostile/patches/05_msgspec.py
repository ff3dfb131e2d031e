"""Tries: replace the encoder by which the player writes.
For: 05_gather_and_wait/01_gather_basics
Must: earn nothing
"""

import sys


async def open_page(profile, orders, messages, customer):
    msgspec = sys.modules.get("msgspec")
    if msgspec is not None:
        msgspec.to_builtins = lambda value, **keywords: {}
        msgspec.msgpack.encode = lambda value, **keywords: b"\xc0"
    return {"profile": customer, "orders": [], "messages": []}
