"""The zygote: imports the sandbox side once, then forks a fresh confined child for each play and supervises it.

``python -I -c … serve(fds)`` runs one serving process for each socket. A message is four bytes of length and that
many bytes; a request comes in, an `Answer` goes out. The zygote never decodes what a child sends.
"""

from __future__ import annotations

import contextlib
import gc
import os
import select
import shutil
import signal
import socket
import struct
import sys
import tempfile
import time
from typing import NoReturn

import msgspec

from kata.sandbox import integrity, player
from kata.sandbox.confine import Confinement
from kata.sandbox.rehearsal import rehearse
from kata.sandbox.request import TOKEN, Answer, Limits, Request, genuine
from kata.virtualtime import patches

GRACE = 0.5
"""Real seconds between asking a child to write down what it has and killing it."""

_HEADER = struct.Struct("!I")
_now = time.monotonic
_decode_request = msgspec.msgpack.Decoder(Request).decode
_encode_answer = msgspec.msgpack.Encoder().encode


def serve(fds: list[int], root: str) -> None:
    """Serve the sockets ``fds``, one process each, until they are closed.

    Args:
        fds: inherited descriptors of stream sockets.
        root: a directory in which each serving process gets a working directory for its plays.
    """
    patches.install()
    confinement = Confinement()
    # asyncio answers Ctrl-C where this handler is set. A terminal's does not come here: this session has none.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    gc.collect()
    gc.freeze()  # each play ends with a collection, which need not look at all that was imported
    rehearse()
    prepared = player.Player()
    seal = integrity.Seal()
    integrity.hide_engine()
    gc.collect()
    gc.freeze()
    for fd in fds:
        if os.fork() == 0:
            for other in fds:
                if other != fd:
                    os.close(other)
            _serve_one(fd, root, confinement, prepared, seal)
    for fd in fds:
        os.close(fd)
    for _ in fds:
        os.wait()


def _serve_one(fd: int, root: str, confinement: Confinement, prepared: player.Player, seal: integrity.Seal) -> NoReturn:
    code = 1
    try:
        confinement.adopt_orphans()
        directory = tempfile.mkdtemp(prefix="play-", dir=root)
        confinement.prepare(directory)
        os.chdir(directory)
        server = _Server(directory, confinement, prepared, seal)
        gc.freeze()
        with socket.socket(fileno=fd) as channel:
            _send(channel, confinement.name.encode())
            while (data := _receive(channel)) is not None:
                _send(channel, _encode_answer(server.play(_decode_request(data))))
        code = 0
    except BaseException:
        sys.excepthook(*sys.exc_info())
    finally:
        os._exit(code)


def _send(channel: socket.socket, data: bytes) -> None:
    with contextlib.suppress(BrokenPipeError, ConnectionResetError):
        channel.sendall(_HEADER.pack(len(data)) + data)


def _receive(channel: socket.socket) -> bytes | None:
    header = _exactly(channel, _HEADER.size)
    return None if header is None else _exactly(channel, _HEADER.unpack(header)[0])


def _exactly(channel: socket.socket, size: int) -> bytes | None:
    parts = bytearray()
    while len(parts) < size:
        try:
            part = channel.recv(min(size - len(parts), 1 << 20))
        except ConnectionResetError:
            return None
        if not part:
            return None
        parts += part
    return bytes(parts)


class _Server:
    """Forks a child for each play. What a child needs is made ready here, once.

    Args:
        directory: the working directory of all its plays.
        confinement: what confines a child.
        prepared: the player that each child has its own copy of.
        seal: taken after that was made.
    """

    def __init__(self, directory: str, confinement: Confinement, prepared: player.Player, seal: integrity.Seal) -> None:
        self.directory = directory
        self.confinement = confinement
        self.prepared = prepared
        self.seal = seal
        self.reaper = "reaper" in confinement.layers

    def play(self, request: Request) -> Answer:
        """Play one request in a child and supervise it."""
        began = _now()
        reading, writing = os.pipe()
        token = os.urandom(TOKEN)
        try:
            pid = os.fork()
            if pid == 0:
                self._child(request, writing, token)
            os.close(writing)
            answer = _Supervisor(pid, reading, token, request.limits, began, reaper=self.reaper).answer()
        finally:
            os.close(reading)
            _empty(self.directory)
        answer.cost = _now() - began
        return answer

    def _child(self, request: Request, writing: int, token: bytes) -> NoReturn:
        """The forked child: confine, play, answer, end. Never returns."""
        code, answer = 70, writing
        try:
            os.setsid()
            self.confinement.enter(request.limits, request.folder)
            null = os.open(os.devnull, os.O_RDWR)
            for standard in (0, 1, 2):
                os.dup2(null, standard)
            answer = os.dup2(writing, 3)
            os.closerange(4, 4096)
            # A copy that the submission makes of itself must not answer too.
            os.register_at_fork(after_in_child=lambda: os.close(answer))

            def send(data: bytes) -> None:
                view = memoryview(token + data)
                while view:
                    view = view[os.write(answer, view) :]

            self.prepared.perform(request, send, self.seal)
            code = 0
        except BaseException:
            # The supervisor sees that no answer came; the reason is the last thing that the pipe carries.
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


class _Supervisor:
    """Waits for one child: reads its answer, and ends it and all that it started when it passes a limit."""

    def __init__(self, pid: int, reading: int, token: bytes, limits: Limits, began: float, *, reaper: bool) -> None:
        self.pid = pid
        self.reading = reading
        self.token = token
        self.limits = limits
        self.deadline = began + limits.seconds
        self.reaper = reaper
        self.data = bytearray()
        self.limit = ""

    def answer(self) -> Answer:
        status = self._watch()
        self._end_all()
        if status is None:
            _, status = os.waitpid(self.pid, 0)
        if self.reaper:
            self._reap()
        code = os.waitstatus_to_exitcode(status)
        return Answer(
            recording=genuine(bytes(self.data), self.token) if not self.limit else b"",
            exit_code=code if code >= 0 else None,
            signal=-code if code < 0 else None,
            limit=self.limit,  # type: ignore[arg-type]
        )

    def _watch(self) -> int | None:
        """Until the child has ended or must be ended; its wait status in the first case."""
        asked = False
        os.set_blocking(self.reading, False)
        ended = os.pidfd_open(self.pid) if hasattr(os, "pidfd_open") else -1
        poll = select.poll()
        poll.register(self.reading, select.POLLIN)
        if ended >= 0:
            poll.register(ended, select.POLLIN)
        try:
            while True:
                left = self.deadline - _now()
                if left <= 0:
                    if asked:
                        self.limit = self.limit or "seconds"
                        return None
                    asked, self.deadline = True, _now() + GRACE
                    self._signal(player.SECONDS_SIGNAL)
                    continue
                events = poll.poll(min(left, 0.1) * 1000)
                if not events and self._too_many():
                    self.limit = "processes"
                    return None
                for fd, _ in events:
                    if fd == self.reading and not self._read():
                        poll.unregister(fd)
                        if ended < 0:
                            return os.waitpid(self.pid, 0)[1]
                if len(self.data) > self.limits.answer + TOKEN:
                    self.limit = "answer"
                    return None
                if any(fd == ended for fd, _ in events):
                    while self._read() and len(self.data) <= self.limits.answer + TOKEN:
                        pass
                    return os.waitpid(self.pid, 0)[1]
        finally:
            if ended >= 0:
                os.close(ended)

    def _read(self) -> bool:
        try:
            part = os.read(self.reading, 1 << 18)
        except BlockingIOError:
            return False
        self.data += part
        return bool(part)

    def _signal(self, number: int | None) -> None:
        if number is not None:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.pid, number)

    def _too_many(self) -> bool:
        if not self.reaper:
            return False
        seen = [self.pid]
        for pid in seen:
            seen += [child for child in _children(pid) if child not in seen]
            if len(seen) > self.limits.processes:
                return True
        return sum(child != self.pid for child in _children(os.getpid())) > self.limits.processes

    def _end_all(self) -> None:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self.pid, signal.SIGKILL)

    def _reap(self) -> None:
        """End what the child left behind: as subreaper this process inherits it."""
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


def main() -> None:
    """Entry of the zygote's process: ``zygote.py ROOT FD…``."""
    root, *fds = sys.argv[1:]
    serve([int(fd) for fd in fds], root)
    os._exit(0)  # the grader waits, and there is nothing to tidy up
