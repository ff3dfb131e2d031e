"""The zygote: imports the sandbox side once, then makes two processes for each connection, a world and its keeper.

A request comes to the world, an `Answer` goes out. The keeper makes the played processes, which are copies of it: it
knows nothing of what is played. When one dies or hangs, its world asks here for another one.
"""

from __future__ import annotations

import gc
import os
import signal
import socket
import sys
import time
import warnings
from collections.abc import Iterable
from typing import NoReturn

import msgspec

from kata.contract import channels
from kata.contract.request import Answer, Request
from kata.sandbox import makers, playing
from kata.sandbox.confine import Confinement, die_with_parent
from kata.sandbox.supervisor import Child, HungUp, Keeper
from kata.virtualtime import time_patches

_now = time.monotonic
_decode_request = msgspec.msgpack.Decoder(Request).decode
_encode_answer = msgspec.msgpack.Encoder().encode


def serve(fds: list[int], root: str) -> None:
    """Serve the sockets ``fds``, a world and a keeper for each, until they are closed.

    Args:
        fds: inherited descriptors of stream sockets.
        root: a directory in which each keeper gets a working directory for its plays.
    """
    time_patches.install()
    confinement = Confinement()
    # asyncio answers Ctrl-C where this handler is set. A terminal's does not come here: this session has none.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, [signal.SIGINT])  # held back while this process was started
    gc.collect()
    gc.freeze()  # each play ends with a collection, which need not look at all that was imported
    worlds: list[makers.World] = []
    for fd in fds:
        ours, theirs = socket.socketpair()
        pid = os.fork()
        if pid == 0:
            _close(other for other in fds if other != fd)
            for world in worlds:
                world.channel.close()
            ours.close()
            _serve_one(fd, theirs, confinement)
        theirs.close()
        worlds.append(makers.World(pid, ours))
    _close(fds)
    makers.make_keepers(worlds, root, confinement)


def _close(fds: Iterable[int]) -> None:
    for fd in fds:
        os.close(fd)


def _serve_one(fd: int, maker: socket.socket, confinement: Confinement) -> NoReturn:
    code = 1
    try:
        die_with_parent()
        warnings.simplefilter("ignore")  # what a drive leaves of the submission's is told by the recording
        server = _Server(Keeper(maker, fd))
        server.keeper.ready()
        gc.freeze()
        with socket.socket(fileno=fd) as channel:
            channels.send(channel, confinement.name.encode())
            while (data := channels.receive(channel)) is not None:
                channels.send(channel, _encode_answer(server.play(_decode_request(data))))
        code = 0
    except HungUp:
        code = 0  # the keeper ends what is played when this process ends
    except BaseException:
        sys.excepthook(*sys.exc_info())
    finally:
        os._exit(code)


class _Server:
    """Plays requests, each in a new played process or in the one that played the request before."""

    def __init__(self, keeper: Keeper) -> None:
        self.keeper = keeper
        self.waiting: Child | None = None
        """A played process that waits for another request of its series."""

    def play(self, request: Request) -> Answer:
        """Play one request between the world and a played process."""
        began = _now()
        child, self.waiting = self.waiting, None
        follows = child is not None and child.series == request.series
        if child is None or not follows:
            if child is not None:
                child.end()
            child = self.keeper.start(request.limits, request.folders(), request.series)
        child.begin(request.limits)
        answer = playing.play(request, child)
        if answer.again and child.fit():
            self.waiting = child
        elif answer.recording or answer.broken:
            child.end()
        answer.follows = follows
        answer.cost = _now() - began
        return answer


def main() -> None:
    """Entry of the zygote's process: ``zygote.py ROOT FD…``."""
    root, *fds = sys.argv[1:]
    serve([int(fd) for fd in fds], root)
    os._exit(0)  # the grader waits, and there is nothing to tidy up
