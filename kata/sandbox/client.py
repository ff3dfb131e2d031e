"""The trusted end of the sandbox: starts it, sends requests, reads recordings strictly."""

from __future__ import annotations

import asyncio
import contextlib
import ctypes
import os
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from typing import Protocol

import msgspec

from kata.contract.channels import HEADER, receive
from kata.contract.request import Answer, Request
from kata.contract.run import Limit, Run, decode
from kata.program import ROOT

__all__ = ["Connection", "Sandbox", "SandboxError", "Spawner"]

_encode_request = msgspec.msgpack.Encoder().encode
_decode_answer = msgspec.msgpack.Decoder(Answer).decode

PATIENCE = 30.0
"""Real seconds beyond a play's own limit after which the sandbox is taken for dead."""

ISOLATED = ("-s", "-P", "-X", "utf8")
"""Options of a played interpreter: as with ``-I``, no user's packages and no current directory. The environment is
clean already, and its PYTHONHASHSEED, which ``-I`` would ignore, gives sets of texts the same order in each play."""


class SandboxError(RuntimeError):
    """The sandbox itself does not work: a fault of the grader or the machine, not of the submission."""


class Plays(Protocol):
    """Something that can play requests."""

    @property
    def isolation(self) -> str:
        """The layers that confine each play."""

    async def play(self, request: Request) -> Run:
        """Play one request and return its recording."""


class Sandbox:
    """The zygote's process and its connections, one for each judge that works beside the others.

    Args:
        connections: how many plays can be under way at once.
    """

    def __init__(self, connections: int = 1) -> None:
        self.root = tempfile.mkdtemp(prefix="kata-")
        pairs = [socket.socketpair() for _ in range(connections)]
        theirs = [pair[1] for pair in pairs]
        code = "import sys; sys.path.append(sys.argv.pop(1)); from kata.sandbox.zygote import main; main()"
        command = [sys.executable, *ISOLATED, "-c", code, str(ROOT), self.root]
        try:
            with same_addresses():
                self.process = subprocess.Popen(
                    command + [str(end.fileno()) for end in theirs],
                    pass_fds=[end.fileno() for end in theirs],
                    stdin=subprocess.DEVNULL,
                    stdout=subprocess.DEVNULL,
                    env=clean_environment(self.root),
                    cwd=self.root,
                    start_new_session=True,
                )
        except OSError as error:
            shutil.rmtree(self.root, ignore_errors=True)
            raise SandboxError(f"the sandbox could not be started: {error}") from error
        for end in theirs:
            end.close()
        self.connections = [Connection(pair[0]) for pair in pairs]

    def close(self) -> None:
        """End the zygote and remove its directory."""
        for connection in self.connections:
            connection.close()
        try:
            self.process.wait(2)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        shutil.rmtree(self.root, ignore_errors=True)

    def __enter__(self) -> Sandbox:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


class Connection:
    """One connection to a zygote; plays one request at a time."""

    def __init__(self, channel: socket.socket) -> None:
        self.channel = channel
        self._isolation: str | None = None
        self._turn: asyncio.Lock | None = None

    @property
    def isolation(self) -> str:
        """The layers that confine each play; waits for the zygote to come up.

        Raises:
            SandboxError: it does not.
        """
        if self._isolation is None:
            self.channel.setblocking(True)
            layers = receive(self.channel)
            if layers is None:
                raise SandboxError("the sandbox went away; run with --debug to see why")
            self._isolation = layers.decode()
        return self._isolation

    async def play(self, request: Request) -> Run:
        """Play one request.

        Raises:
            SandboxError: the zygote is gone.
        """
        answer = await self._answer(request)
        run = to_run(answer, request)
        if answer.follows and run.unfinished:  # perhaps the plays before had a part in it
            request = msgspec.structs.replace(request, series="")
            run = to_run(await self._answer(request), request)
        return run

    async def _answer(self, request: Request) -> Answer:
        _ = self.isolation
        data = _encode_request(request)
        loop = asyncio.get_running_loop()
        if self._turn is None:
            self._turn = asyncio.Lock()
        async with self._turn:
            self.channel.setblocking(False)
            try:
                async with asyncio.timeout(request.limits.seconds + PATIENCE):
                    await loop.sock_sendall(self.channel, HEADER.pack(len(data)) + data)
                    answer = await self._receive(loop)
            except (OSError, TimeoutError) as error:
                raise SandboxError("the sandbox went away; run with --debug to see why") from error
        return _decode_answer(answer)

    async def _receive(self, loop: asyncio.AbstractEventLoop) -> bytes:
        data = bytearray()
        while len(data) < HEADER.size or len(data) < HEADER.size + HEADER.unpack_from(data)[0]:
            part = await loop.sock_recv(self.channel, 1 << 20)
            if not part:
                raise ConnectionError
            data += part
        return bytes(data[HEADER.size :])

    def close(self) -> None:
        """Hang up; the zygote's serving process ends with it."""
        with contextlib.suppress(OSError):
            self.channel.close()


class Spawner:
    """Plays each request in a fresh interpreter: the way where processes cannot be forked, slower and less confined."""

    isolation = "process"

    async def play(self, request: Request) -> Run:
        """Play one request."""
        code = "import sys; sys.path.append(sys.argv.pop(1)); from kata.sandbox.spawn import main; main()"
        with tempfile.TemporaryDirectory(prefix="kata-", ignore_cleanup_errors=True) as directory:
            command = [sys.executable, *ISOLATED, "-c", code, str(ROOT)]
            try:
                done = await asyncio.to_thread(
                    subprocess.run,
                    command,
                    input=_encode_request(request),
                    capture_output=True,
                    timeout=request.limits.seconds + 5,
                    env=clean_environment(directory),
                    cwd=directory,
                    check=False,
                )
            except subprocess.TimeoutExpired:
                return to_run(Answer(limit="seconds"), request)
        code_ = done.returncode
        answer = Answer(
            done.stdout,
            code_ if code_ >= 0 else None,
            -code_ if code_ < 0 else None,
            trace=done.stderr[-2000:].decode("utf-8", "replace"),
        )
        return to_run(answer, request)


@contextlib.contextmanager
def same_addresses() -> Iterator[None]:
    """Processes that this thread starts inside have the same addresses each time, where Linux lets them: see
    personality(2), ADDR_NO_RANDOMIZE.

    So a set of objects that are hashed by address, such as coroutine objects, has the same order in each play.
    """
    if sys.platform != "linux":
        yield
        return
    change = ctypes.CDLL(None).personality
    before = change(_LOOK)
    change(before | _ADDR_NO_RANDOMIZE)  # where that is refused, nothing changes
    try:
        yield
    finally:
        change(before)


_LOOK = ctypes.c_ulong(0xFFFFFFFF)
_ADDR_NO_RANDOMIZE = 0x0040000


def clean_environment(home: str) -> dict[str, str]:
    """The environment of a played process: nothing of the grader's or the teacher's."""
    kept = {name: os.environ[name] for name in ("SYSTEMROOT", "LD_LIBRARY_PATH") if name in os.environ}
    return {
        "PATH": os.defpath,
        "HOME": home,
        "TMPDIR": home,
        "TZ": "UTC",
        "LANG": "C.UTF-8",
        "PYTHONHASHSEED": "0",
        **kept,
    }


def to_run(answer: Answer, request: Request) -> Run:
    """The recording in an answer, or one that says why there is none."""
    run = _read(answer, request)
    run.cost = answer.cost
    run.clock = request.clock
    return run


def _read(answer: Answer, request: Request) -> Run:
    limits = request.limits
    if answer.limit == "seconds":
        return _stopped("seconds", f"{limits.seconds:g} real second{'' if limits.seconds == 1 else 's'}")
    if answer.limit == "processes":
        return _stopped("processes", f"{limits.processes} processes")
    if answer.limit == "answer" or len(answer.recording) > limits.answer:
        return _stopped("answer", f"{limits.answer >> 20} MiB for the recording of what happened")
    if answer.recording[:1] == b"\0":
        raise SandboxError("the player failed: " + answer.recording[1:].decode("utf-8", "replace"))
    if not answer.recording:
        if answer.signal is not None:
            return _stopped("exited", f"the process was ended by signal {answer.signal}")
        return _stopped("exited", f"the process ended by itself with code {answer.exit_code}, as os._exit() does")
    try:
        return decode(answer.recording)
    except Exception:
        return _stopped("unreadable", "the recording of what happened cannot be read")


def _stopped(kind: str, message: str) -> Run:
    return Run(limit=Limit(kind, message))  # type: ignore[arg-type]
