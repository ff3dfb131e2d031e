"""The keeper: makes played processes as copies of itself, and ends them with all that they started.

It has a process of its own that never sees a request, a fake or an answer, so a copy of it holds nothing but the
engine. A world, next door, talks to the copies; it asks here for a new one and for the end of one.
"""

from __future__ import annotations

import contextlib
import os
import select
import shutil
import signal
import socket
import sys
from typing import Literal, NoReturn

import msgspec

from kata.contract import channels, messages
from kata.contract.request import Limits
from kata.player import player
from kata.sandbox.confine import Confinement

__all__ = ["Asked", "Kept", "keep"]


class Asked(msgspec.Struct, forbid_unknown_fields=True):
    """What a world wants of its keeper."""

    what: Literal["start", "interrupt", "alone", "end"]
    limits: Limits = Limits()
    folder: str = ""
    hung_up: bool = False
    """With ``end``: it has hung up by itself, and may have the moment that it needs to end."""


class Kept(msgspec.Struct, forbid_unknown_fields=True):
    """What the keeper says: to ``end`` how the process ended, to ``alone`` whether nothing that it started is left."""

    code: int | None = None
    limit: Literal["", "processes"] = ""
    alone: bool = False


_read = msgspec.msgpack.Decoder(Asked).decode
_write = msgspec.msgpack.Encoder().encode

LOOK = 0.1
"""Real seconds between two looks at what a played process has started."""

MOMENT = 0.5
"""Real seconds that a process which has hung up may take to end."""


def keep(world: socket.socket, directory: str, confinement: Confinement, prepared: player.Player) -> None:
    """Serve one world until it hangs up.

    Args:
        world: to it.
        directory: the working directory of all its plays.
        confinement: what confines a played process.
        prepared: the player of which each has its own copy.
    """
    keeper = _Keeper(world, directory, confinement, prepared)
    waiting = select.poll()
    waiting.register(world, select.POLLIN)
    while True:
        if keeper.pid and not waiting.poll(LOOK * 1000):
            keeper.look()
            continue
        data = channels.receive(world)
        if data is None:
            keeper.end()
            return
        keeper.obey(_read(data))


class _Keeper:
    def __init__(self, world: socket.socket, directory: str, confinement: Confinement, prepared: player.Player) -> None:
        self.world = world
        self.directory = directory
        self.confinement = confinement
        self.prepared = prepared
        self.reaper = "reaper" in confinement.layers
        self.pid = 0
        self.limit: Literal["", "processes"] = ""
        self.limits = Limits()

    def obey(self, asked: Asked) -> None:
        """Do what the world asks for."""
        if asked.what == "start":
            self.end()
            self.start(asked)
        elif asked.what == "interrupt":
            if player.SECONDS_SIGNAL is not None and self.pid:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(self.pid, player.SECONDS_SIGNAL)
        elif asked.what == "alone":
            self.say(Kept(alone=not self.reaper or _children(os.getpid()) == [self.pid]))
        else:
            self.say(self.end(asked.hung_up))

    def say(self, kept: Kept) -> None:
        """Answer the world."""
        channels.send(self.world, _write(kept))

    def start(self, asked: Asked) -> None:
        """Make a played process, and give the world a channel to it."""
        ours, theirs = socket.socketpair()
        with ours, theirs:
            self.pid, self.limit, self.limits = os.fork(), "", asked.limits
            if self.pid == 0:
                ours.close()
                self.become_the_player(asked, theirs.fileno())
            socket.send_fds(self.world, [b"."], [ours.fileno()])

    def look(self) -> None:
        """End it when it has started too much."""
        if self.limit or not self.reaper:
            return
        seen = [self.pid]
        for pid in seen:
            seen += [child for child in _children(pid) if child not in seen]
        strays = [child for child in _children(os.getpid()) if child != self.pid]
        if len(seen) > self.limits.processes or len(strays) > self.limits.processes:
            self.limit = "processes"
            self.kill()

    def kill(self) -> None:
        """End the process and its group; what left the group is ended by `end`."""
        for kill in (os.killpg, os.kill):  # right after it was started it leads no group yet
            with contextlib.suppress(ProcessLookupError, PermissionError):
                kill(self.pid, signal.SIGKILL)

    def end(self, hung_up: bool = False) -> Kept:
        """End the process, if there is one that has not ended, and all that it started; tell how it ended."""
        if not self.pid:
            return Kept()
        if hung_up:
            _await_end(self.pid)
        pid, status = os.waitpid(self.pid, os.WNOHANG)
        if pid == 0:
            self.kill()
            _, status = os.waitpid(self.pid, 0)
        self.kill()
        if self.reaper:
            _reap()
        self.pid = 0
        _empty(self.directory)
        return Kept(os.waitstatus_to_exitcode(status), self.limit)

    def become_the_player(self, asked: Asked, inherited: int) -> NoReturn:
        """In the copy: confine, play, answer, end. Never returns."""
        code, channel = 70, inherited
        try:
            os.setsid()
            self.confinement.enter(asked.limits, asked.folder)
            null = os.open(os.devnull, os.O_RDWR)
            for standard in (0, 1, 2):
                os.dup2(null, standard)
            channel = os.dup2(inherited, 3)
            os.closerange(4, 4096)
            # A copy that the submission makes of itself must not answer too.
            os.register_at_fork(after_in_child=lambda: os.close(channel))
            with socket.socket(fileno=channel) as world:
                while (data := channels.receive(world)) is not None:
                    play = messages.read_order(data)
                    assert isinstance(play, messages.Play)
                    if not self.prepared.perform(play, world):
                        break
            code = 0
        except BaseException:
            # The world sees that no answer came; the reason is the last thing that is sent.
            with contextlib.suppress(BaseException):
                import traceback

                data = messages.write(messages.Broken(traceback.format_exc()[-2000:]))
                os.write(channel, channels.HEADER.pack(len(data)) + data)
        finally:
            os._exit(code)


def _await_end(pid: int) -> None:
    """Wait a moment for a process to end by itself, so that its own exit code is told."""
    descriptor = os.pidfd_open(pid)
    try:
        select.select([descriptor], [], [], MOMENT)
    finally:
        os.close(descriptor)


def _reap() -> None:
    """End what the process left behind: as subreaper this process inherits it."""
    for _ in range(1000):
        left = _children(os.getpid())
        if not left:
            return
        for pid in left:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.kill(pid, signal.SIGKILL)
        for pid in left:
            with contextlib.suppress(ChildProcessError):
                os.waitpid(pid, 0)


def _children(pid: int) -> list[int]:
    try:
        with open(f"/proc/{pid}/task/{pid}/children", "rb") as listing:
            return [int(number) for number in listing.read().split()]
    except (OSError, ValueError):
        return []


def _empty(directory: str) -> None:
    """Leave the working directory as the next play must find it: there, and empty."""
    for entry in os.scandir(directory):
        if entry.is_dir(follow_symlinks=False):
            shutil.rmtree(entry.path, ignore_errors=True)
        else:
            with contextlib.suppress(OSError):
                os.unlink(entry.path)


def run(world: socket.socket, root: str, confinement: Confinement, prepared: player.Player) -> NoReturn:
    """The keeper's process, from its making to its end."""
    import tempfile

    code = 1
    try:
        confinement.adopt_orphans()
        directory = tempfile.mkdtemp(prefix="play-", dir=root)
        confinement.prepare(directory)
        os.chdir(directory)
        prepared.ready()
        with world:
            keep(world, directory, confinement, prepared)
        code = 0
    except BaseException:
        sys.excepthook(*sys.exc_info())
    finally:
        os._exit(code)
