"""The keeper: makes played processes as copies of itself, and ends them with all that they started.

It has a process of its own that never sees a request, a fake or an answer, so a copy of it holds nothing but the
engine. A world, next door, talks to the copies; it asks here for a new one and for the end of one.
"""

from __future__ import annotations

import contextlib
import gc
import os
import select
import signal
import socket
import sys
from time import monotonic, sleep
from typing import Literal, NoReturn

import msgspec

from kata.contract import channels, messages
from kata.contract.request import Limits
from kata.player import player
from kata.sandbox import bounds, remover
from kata.sandbox.confine import Confinement, die_with_parent

__all__ = ["Asked", "Kept", "keep"]


class Asked(msgspec.Struct, forbid_unknown_fields=True):
    """What a world wants of its keeper."""

    what: Literal["start", "interrupt", "alone", "end"]
    limits: Limits = Limits()
    folders: list[str] = []
    hung_up: bool = False
    """With ``end``: it has hung up by itself, and may have the moment that it needs to end."""


class Kept(msgspec.Struct, forbid_unknown_fields=True):
    """What the keeper says: to ``end`` how the process ended, to ``alone`` whether nothing that it started is left."""

    code: int | None = None
    limit: Literal["", "processes", "memory", "disk"] = ""
    alone: bool = False


_read = msgspec.msgpack.Decoder(Asked).decode
_write = msgspec.msgpack.Encoder().encode

LOOK = 0.02
"""Real seconds between two looks at what a played process has started."""

MOMENT = 0.5
"""Real seconds that a process which has hung up may take to end."""

ENDING = 2.0
"""Real seconds in which all that was played must have ended; after that, the keeper is given up with it."""

CLEARING = 1.0
"""Real seconds for removing the working directory; after that, it is put aside."""


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
        self.work = os.path.join(directory, "work")
        self.confinement = confinement
        self.prepared = prepared
        self.reaper = "reaper" in confinement.layers
        self.pid = 0
        self.status: int | None = None
        """How it ended, once it has."""
        self.limit: Literal["", "processes", "memory", "disk"] = ""
        self.limits = Limits()

    def obey(self, asked: Asked) -> None:
        """Do what the world asks for."""
        if asked.what == "start":
            self.end()
            if self.confinement.settled and self.confinement.remembers():
                raise Unsettled
            self.start(asked)
        elif asked.what == "interrupt":
            self.collect()
            if player.SECONDS_SIGNAL is not None and self.pid and self.status is None:
                os.kill(self.pid, player.SECONDS_SIGNAL)
        elif asked.what == "alone":
            self.collect()
            alone = self.status is None and (not self.reaper or self.started() == [self.pid])
            self.say(Kept(alone=alone and not self.confinement.remembers()))
        else:
            self.say(self.end(asked.hung_up))

    def say(self, kept: Kept) -> None:
        """Answer the world."""
        channels.send(self.world, _write(kept))

    def start(self, asked: Asked) -> None:
        """Make a played process, and give the world a channel to it."""
        first = not self.confinement.settled
        if first:
            self.confinement.settle(self.directory, asked.folders)
        elif self.confinement.folders != asked.folders:
            raise Unsettled
        os.mkdir(self.work, 0o700)
        if first:
            os.chdir(self.work)
            self.prepared.ready()
            os.chdir(self.directory)
            gc.freeze()
        self.confinement.own(self.work)
        ours, theirs = socket.socketpair()
        with ours, theirs:
            self.limit, self.limits, self.status = "", asked.limits, None
            self.pid = os.fork()
            if self.pid == 0:
                ours.close()
                self.become_the_player(asked, theirs.fileno())
            socket.send_fds(self.world, [b"."], [ours.fileno()])

    def started(self) -> list[int]:
        """The played process and all that came of it."""
        return bounds.everybody() if self.confinement.quarters else bounds.below(os.getpid())

    def look(self) -> None:
        """End it when all of it together uses too much."""
        self.collect()
        if self.limit or not self.reaper:
            return
        started = self.started()
        stored, files = (0, 0) if self.confinement.quarters else bounds.stored(self.work)
        if len(started) > self.limits.processes:
            self.limit = "processes"
        elif bounds.memory(started) > bounds.MEMORY:
            self.limit = "memory"
        elif stored > bounds.DISK or files > bounds.FILES:
            self.limit = "disk"
        if self.limit:
            self.kill()

    def kill(self) -> None:
        """End all that was started: in one blow where this is the first process of a namespace."""
        if self.confinement.quarters:
            with contextlib.suppress(ProcessLookupError):
                os.kill(-1, signal.SIGKILL)
            return
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self.pid, signal.SIGKILL)  # right after it was started it leads no group yet
        for pid in [self.pid, *bounds.below(os.getpid())] if self.status is None else bounds.below(os.getpid()):
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.kill(pid, signal.SIGKILL)

    def collect(self) -> bool:
        """Take note of who has ended; True when nobody is left."""
        with contextlib.suppress(ChildProcessError):
            while True:
                pid, status = os.waitpid(-1, os.WNOHANG)
                if pid == 0:
                    return False
                if pid == self.pid:
                    self.status = status
        return True

    def end(self, hung_up: bool = False) -> Kept:
        """End the process, if there is one that has not ended, and all that it started; tell how it ended.

        Raises:
            TimeoutError: something does not end.
        """
        if not self.pid:
            return Kept()
        if hung_up:
            _await_end(self.pid, MOMENT)
        deadline = monotonic() + ENDING
        if not self.collect():
            self.kill()
            if self.status is None:
                _await_end(self.pid, ENDING)
        while not self.collect():
            if monotonic() > deadline:
                raise TimeoutError("a played process does not end")
            self.kill()
            sleep(0.0005)
        self.pid = 0
        self.clear()
        return Kept(None if self.status is None else os.waitstatus_to_exitcode(self.status), self.limit)

    def clear(self) -> None:
        """Remove the working directory; one that takes too long is put aside, and goes with its file system."""
        if not remover.remove(self.work, monotonic() + CLEARING):
            os.rename(self.work, os.path.join(self.directory, f"left-{monotonic()}"))
            if self.confinement.quarters:  # the space is bounded: let the next play have another one
                raise TimeoutError("a working directory cannot be removed in time")

    def become_the_player(self, asked: Asked, inherited: int) -> NoReturn:
        """In the copy: confine, play, answer, end. Never returns."""
        code, channel = 70, inherited
        try:
            os.setsid()
            os.chdir(self.work)
            self.confinement.enter(asked.limits, self.work)
            die_with_parent()  # after the change of user, which would forget it
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


def _await_end(pid: int, seconds: float) -> None:
    """Wait at most so long for a process that was started here to end."""
    if not hasattr(os, "pidfd_open"):
        deadline = monotonic() + seconds
        while os.waitid(os.P_PID, pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is None and monotonic() < deadline:
            sleep(0.001)
        return
    with contextlib.suppress(ProcessLookupError):  # it has ended, and that was noted
        descriptor = os.pidfd_open(pid)
        try:
            select.select([descriptor], [], [], seconds)
        finally:
            os.close(descriptor)


class Unsettled(Exception):
    """Another keeper is needed for what is asked."""


def run(world: socket.socket, directory: str, confinement: Confinement, prepared: player.Player) -> NoReturn:
    """The keeper's process, from its making to its end."""
    code = 1
    try:
        confinement.adopt_orphans()
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        os.environ["HOME"] = os.environ["TMPDIR"] = os.path.join(directory, "work")
        with world:
            keep(world, directory, confinement, prepared)
        code = 0
    except Unsettled:
        code = 0
    except BaseException:
        sys.excepthook(*sys.exc_info())
    finally:
        os._exit(code)
