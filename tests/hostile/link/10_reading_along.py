"""Tries: read the messages of the world itself, to learn answers before they are due.
For: 05_gather_and_wait/07_first_one_wins
Must: be refused
"""

import os
import socket


class AllFailed(Exception):
    pass


async def fastest(fetch, mirrors):
    channel = socket.socket(fileno=os.dup(3))
    for mirror in mirrors:
        call = fetch(mirror)
        call.send(None)
    return channel.recv(1 << 16, socket.MSG_PEEK).decode("utf-8", "replace")
