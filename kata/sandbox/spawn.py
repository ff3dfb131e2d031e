"""One play in a fresh interpreter: the request on standard input, the recording on standard output."""

from __future__ import annotations

import contextlib
import faulthandler
import os
import sys

import msgspec

from kata.contract.request import TOKEN, Request
from kata.player import player
from kata.sandbox import channels
from kata.sandbox.confine import die_with_parent
from kata.virtualtime import time_patches


def main() -> None:
    """Read a token and a request, write the token, play, write the token and the recording, end."""
    token = sys.stdin.buffer.read(TOKEN)
    request = msgspec.msgpack.decode(sys.stdin.buffer.read(), type=Request)
    die_with_parent()
    answer = os.dup(1)
    null = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1, 2):
        os.dup2(null, standard)
    if hasattr(os, "register_at_fork"):  # a copy that the submission makes of itself must not answer too
        os.register_at_fork(after_in_child=lambda: os.close(answer))
    channels.write(answer, token)
    # Should nobody be left who ends this process. It is no thread of Python's, so it is not seen in the play.
    faulthandler.dump_traceback_later(request.limits.seconds + 1, exit=True)

    def send(data: bytes, again: bool) -> None:
        channels.write(answer, token + data)

    code = 70
    try:
        time_patches.install()
        prepared = player.Player()
        prepared.ready()
        prepared.perform(request, send)
        code = 0
    except BaseException:
        # The player failed, not the submission: the reason is the last thing that is sent.
        with contextlib.suppress(BaseException):
            import traceback

            send(b"\0" + traceback.format_exc().encode()[-2000:], False)
    finally:
        os._exit(code)
