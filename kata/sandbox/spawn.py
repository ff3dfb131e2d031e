"""One play in a fresh interpreter: the request on standard input, the recording on standard output."""

from __future__ import annotations

import faulthandler
import os
import sys

import msgspec

from kata.contract import channels
from kata.contract.request import Request
from kata.player import player
from kata.virtualtime import time_patches


def main() -> None:
    """Read one request, play it, write the recording, end."""
    token = sys.stdin.buffer.read(TOKEN)
    request = msgspec.msgpack.decode(sys.stdin.buffer.read(), type=Request)
    answer = os.dup(1)
    null = os.open(os.devnull, os.O_RDWR)
    os.dup2(null, 0)
    os.dup2(null, 1)
    time_patches.install()

    def send(data: bytes, again: bool) -> None:
        channels.write(answer, token + data)

    faulthandler.dump_traceback_later(request.limits.seconds, exit=True)  # a watchdog that is no thread of Python's
    prepared = player.Player()
    prepared.ready()
    prepared.perform(request, send)
    os._exit(0)
