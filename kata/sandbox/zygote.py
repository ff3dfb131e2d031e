"""The zygote: imports the sandbox side once, then forks a fresh confined child for each play or series of plays.

``python -I -c … serve(fds)`` runs one serving process for each socket: a request comes in, an `Answer` goes out. The
zygote never decodes what a child sends.
"""

from __future__ import annotations

import contextlib
import gc
import os
import shutil
import signal
import socket
import sys
import tempfile
import time
from typing import NoReturn

import msgspec

from kata.contract.request import TOKEN, Answer, Request
from kata.player import player
from kata.sandbox import channels
from kata.sandbox.confine import Confinement
from kata.sandbox.supervisor import Child, HungUp
from kata.virtualtime import time_patches

_now = time.monotonic
_decode_request = msgspec.msgpack.Decoder(Request).decode
_encode_answer = msgspec.msgpack.Encoder().encode


def serve(fds: list[int], root: str) -> None:
    """Serve the sockets ``fds``, one process each, until they are closed.

    Args:
        fds: inherited descriptors of stream sockets.
        root: a directory in which each serving process gets a working directory for its plays.
    """
    time_patches.install()
    confinement = Confinement()
    # asyncio answers Ctrl-C where this handler is set. A terminal's does not come here: this session has none.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, [signal.SIGINT])  # held back while this process was started
    gc.collect()
    gc.freeze()  # each play ends with a collection, which need not look at all that was imported
    prepared = player.Player()
    gc.collect()
    gc.freeze()
    for fd in fds:
        if os.fork() == 0:
            for other in fds:
                if other != fd:
                    os.close(other)
            _serve_one(fd, root, confinement, prepared)
    for fd in fds:
        os.close(fd)
    for _ in fds:
        os.wait()


def _serve_one(fd: int, root: str, confinement: Confinement, prepared: player.Player) -> NoReturn:
    code = 1
    try:
        confinement.adopt_orphans()
        directory = tempfile.mkdtemp(prefix="play-", dir=root)
        confinement.prepare(directory)
        os.chdir(directory)
        prepared.ready()
        server = _Server(directory, confinement, prepared, fd)
        gc.freeze()
        with socket.socket(fileno=fd) as channel:
            channels.send(channel, confinement.name.encode())
            while (data := channels.receive(channel)) is not None:
                channels.send(channel, _encode_answer(server.play(_decode_request(data))))
            server.close()
        code = 0
    except HungUp:
        code = 0
    except BaseException:
        sys.excepthook(*sys.exc_info())
    finally:
        os._exit(code)


class _Server:
    """Forks a child for each play, or for a series of them. What a child needs is made ready here, once.

    Args:
        directory: the working directory of all its plays.
        confinement: what confines a child.
        prepared: the player that each child has its own copy of.
        asker: the descriptor on which requests come, or -1.
    """

    def __init__(self, directory: str, confinement: Confinement, prepared: player.Player, asker: int = -1) -> None:
        self.directory = directory
        self.confinement = confinement
        self.prepared = prepared
        self.asker = asker
        self.reaper = "reaper" in confinement.layers
        self.waiting: Child | None = None
        """A child that has played, and waits for another request of its series."""

    def play(self, request: Request) -> Answer:
        """Play one request in a child and supervise it."""
        began = _now()
        token = os.urandom(TOKEN)
        child, self.waiting = self.waiting, None
        follows = child is not None and child.series == request.series
        if child is None or not follows:
            self._end(child)
            child = self._start(request, token)
        else:
            child.ask(request, token)
        try:
            answer = child.answer(token, request.limits, began)
        except HungUp:
            self._end(child)
            raise
        if child.waits:
            self.waiting = child
        else:
            self._end(child)
        answer.follows = follows
        answer.cost = _now() - began
        return answer

    def close(self) -> None:
        """End the child that waits."""
        self._end(self.waiting)

    def _end(self, child: Child | None) -> None:
        if child is not None:
            child.end()
            _empty(self.directory)

    def _start(self, request: Request, token: bytes) -> Child:
        ours, theirs = socket.socketpair()
        with theirs:
            pid = os.fork()
            if pid == 0:
                self._child(request, token, theirs.fileno())
        return Child(pid, request.series, ours, reaper=self.reaper, asker=self.asker)

    def _child(self, request: Request, token: bytes, channel: int) -> NoReturn:
        """The forked child: confine, play, answer, end. Never returns."""
        code, answer = 70, channel
        try:
            os.setsid()
            self.confinement.enter(request.limits, request.folder)
            null = os.open(os.devnull, os.O_RDWR)
            for standard in (0, 1, 2):
                os.dup2(null, standard)
            answer = os.dup2(channel, 3)
            os.closerange(4, 4096)
            # A copy that the submission makes of itself must not answer too.
            os.register_at_fork(after_in_child=lambda: os.close(answer))

            def send(data: bytes, again: bool) -> None:
                channels.write(answer, token + data + (token if again else b""))

            while self.prepared.perform(request, send):
                with socket.socket(fileno=os.dup(answer)) as asked:
                    following = channels.receive(asked)
                if following is None:
                    break
                token, request = following[:TOKEN], _decode_request(following[TOKEN:])
            code = 0
        except BaseException:
            # The supervisor sees that no answer came; the reason is the last thing that is sent.
            with contextlib.suppress(BaseException):
                import traceback

                os.write(answer, token + b"\0" + traceback.format_exc().encode()[-2000:])
        finally:
            os._exit(code)


def _empty(directory: str) -> None:
    """Leave the working directory as the next play must find it: there, and empty."""
    for entry in os.scandir(directory):
        if entry.is_dir(follow_symlinks=False):
            shutil.rmtree(entry.path, ignore_errors=True)
        else:
            with contextlib.suppress(OSError):
                os.unlink(entry.path)


def main() -> None:
    """Entry of the zygote's process: ``zygote.py ROOT FD…``."""
    root, *fds = sys.argv[1:]
    serve([int(fd) for fd in fds], root)
    os._exit(0)  # the grader waits, and there is nothing to tidy up
