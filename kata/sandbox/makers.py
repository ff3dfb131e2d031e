"""What the zygote does all its life: make a keeper whenever a world asks for one, and tidy up after each."""

from __future__ import annotations

import contextlib
import gc
import os
import select
import signal
import socket
import tempfile
from collections.abc import Iterable
from time import monotonic, sleep

from kata.player import player
from kata.sandbox import bounds, keeper, remover
from kata.sandbox.confine import Confinement

__all__ = ["World", "make_keepers"]

ENDING = 2.0
"""Real seconds that a keeper and what it started have to end when they are killed."""

CLEARING = 5.0
"""Real seconds for removing what a keeper leaves behind."""


class World:
    """A process that plays.

    Args:
        pid: of it.
        channel: on which it asks for a keeper, with one byte.
    """

    def __init__(self, pid: int, channel: socket.socket) -> None:
        self.pid = pid
        self.channel = channel
        self.keeper = 0
        self.directory = ""


def make_keepers(worlds: list[World], root: str, confinement: Confinement) -> None:
    """Serve worlds until all of them have hung up, and leave nothing behind.

    Args:
        worlds: all that there are.
        root: a directory in which each keeper gets one of its own.
        confinement: what confines a played process.
    """
    confinement.adopt_orphans()
    os.chmod(root, 0o711)  # who plays may be another user, and must get at the working directory
    signal.signal(signal.SIGTERM, signal.SIG_IGN)  # whoever ends the grader hangs up by that
    waiting = {world.channel.fileno(): world for world in worlds}
    poll = select.poll()
    for descriptor in waiting:
        poll.register(descriptor, select.POLLIN)
    prepared = player.Player()
    gc.collect()
    gc.freeze()  # as in serve()
    while waiting:
        for descriptor, _ in poll.poll():
            world = waiting[descriptor]
            asked = _asked(world.channel)
            _end(world, waiting.values())
            if asked:
                _make(world, root, confinement, prepared, waiting.values())
            else:
                poll.unregister(descriptor)
                del waiting[descriptor]
                world.channel.close()
    for world in worlds:
        with contextlib.suppress(ChildProcessError):
            os.waitpid(world.pid, 0)
    remover.remove(root, monotonic() + CLEARING)


def _asked(channel: socket.socket) -> bool:
    try:
        return bool(channel.recv(1))
    except OSError:
        return False


def _make(world: World, root: str, confinement: Confinement, prepared: player.Player, worlds: Iterable[World]) -> None:
    """Start a keeper, and give its world a channel to it."""
    world.directory = tempfile.mkdtemp(prefix="play-", dir=root)
    os.chmod(world.directory, 0o711)
    ours, theirs = socket.socketpair()
    reading, writing = os.pipe()
    with ours, theirs:
        between = os.fork()
        if between == 0:  # of namespaces for processes, only what is started next is a part
            code = 1
            try:
                confinement.separate()
                pid = os.fork()
                if pid == 0:
                    for other in worlds:
                        other.channel.close()
                    ours.close()
                    os.close(reading)
                    os.close(writing)
                    keeper.run(theirs, world.directory, confinement, prepared)
                os.write(writing, str(pid).encode())
                code = 0
            finally:
                os._exit(code)
        os.close(writing)
        world.keeper = int(os.read(reading, 20) or 0)
        os.close(reading)
        os.waitpid(between, 0)
        with contextlib.suppress(OSError):
            socket.send_fds(world.channel, [b"."], [ours.fileno()])


def _end(world: World, worlds: Iterable[World]) -> None:
    """End a world's keeper with all that is left of what it started, and remove its directory."""
    if not world.keeper:
        return
    others = {each.pid for each in worlds} | {each.keeper for each in worlds if each is not world} | {world.pid}
    deadline = monotonic() + ENDING
    with contextlib.suppress(ProcessLookupError):
        os.kill(world.keeper, signal.SIGKILL)
    while left := [pid for pid in {world.keeper, *bounds.children(os.getpid())} - others if not _ended(pid)]:
        if monotonic() > deadline:
            break
        for pid in left:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.kill(pid, signal.SIGKILL)
        sleep(0.0005)
    world.keeper = 0
    remover.remove(world.directory, monotonic() + CLEARING)


def _ended(pid: int) -> bool:
    """True when a process has ended, or is none of ours; it is forgotten then."""
    try:
        return os.waitpid(pid, os.WNOHANG)[0] == pid
    except ChildProcessError:
        return True
