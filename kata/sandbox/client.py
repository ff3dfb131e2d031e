"""The trusted end of the sandbox: starts it, sends requests, reads recordings strictly."""

from __future__ import annotations

import asyncio
import contextlib
import ctypes
import os
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from typing import Any, Protocol

import msgspec

from kata.contract.channels import HEADER, Pipes, receive, send
from kata.contract.request import Answer, Request
from kata.contract.run import Run
from kata.program import ROOT
from kata.sandbox import remover
from kata.sandbox.answers import SandboxError, believe, harmless, to_run

__all__ = [
    "APART",
    "Connection",
    "Plays",
    "Sandbox",
    "SandboxError",
    "Spawner",
    "clean_environment",
    "end",
    "interpreter",
    "uninterrupted",
]

_encode_request = msgspec.msgpack.Encoder().encode
_decode_answer = msgspec.msgpack.Decoder(Answer).decode

PATIENCE = 30.0
"""Real seconds beyond a play's own limit after which the sandbox is taken for dead."""

PROMPT = 2.0
"""Real seconds in which a process ends by itself that has nothing more to do."""

ISOLATED = ("-s", "-P", "-X", "utf8")
"""Options of a played interpreter: as with ``-I``, no user's packages and no current directory. The environment is
clean already, and its PYTHONHASHSEED, which ``-I`` would ignore, gives sets of texts the same order in each play."""

APART: dict[str, Any] = {
    "start_new_session": True,
    "creationflags": getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0),
}
"""For processes of our own: Ctrl-C in a terminal is for the one in front, which then ends the others."""


class Plays(Protocol):
    """Something that can play requests."""

    @property
    def isolation(self) -> str:
        """The layers that confine each play."""

    async def play(self, request: Request) -> Run:
        """Play one request and return its recording."""


class Sandbox:
    """The zygote's process and its connections, one for each judge that works beside the others.

    >>> request = Request("async def double(x): return 2 * x", "double.py", name="double", args=[21])
    >>> with Sandbox() as sandbox:
    ...     asyncio.run(sandbox.connections[0].play(request)).result
    42

    Args:
        connections: how many plays can be under way at once.
    """

    def __init__(self, connections: int = 1) -> None:
        self.root = tempfile.mkdtemp(prefix="kata-")
        pairs = [socket.socketpair() for _ in range(connections)]
        self.connections = [Connection(ours) for ours, _ in pairs]
        theirs = [their.fileno() for _, their in pairs]
        self.process: subprocess.Popen[bytes] | None = None
        try:
            with same_addresses(), uninterrupted():
                self.process = subprocess.Popen(
                    interpreter("kata.sandbox.zygote", self.root, *map(str, theirs)),
                    pass_fds=theirs,
                    stdin=subprocess.DEVNULL,
                    stdout=subprocess.DEVNULL,
                    env=clean_environment(self.root),
                    cwd=self.root,
                    **APART,
                )
                for _, their in pairs:
                    their.close()
        except BaseException as error:
            self.close()
            if isinstance(error, OSError):
                raise SandboxError(f"the sandbox could not be started: {error}") from error
            raise

    def close(self) -> None:
        """Hang up, at which the zygote ends what is played, and itself; and remove its directory."""
        for connection in self.connections:
            connection.close()
        if self.process is not None:
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.process.wait(PROMPT)
            end(self.process)
        remover.remove(self.root, time.monotonic() + PROMPT)

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
        if answer.broken:
            believe((await self._answer(harmless(request))).broken)
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
        try:
            return _decode_answer(answer)
        except (msgspec.MsgspecError, ValueError) as error:
            raise SandboxError("the sandbox answers what is no answer; run with --debug to see why") from error

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
    """Plays where processes cannot be forked, slower and less confined: a world in an interpreter of its own, which
    starts another interpreter for what it plays.
    """

    isolation = "process"

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._directory: tempfile.TemporaryDirectory[str] | None = None

    async def play(self, request: Request) -> Run:
        """Play one request.

        Raises:
            SandboxError: the interpreter does not start, or the player fails.
        """
        try:
            answer = await self._answer(request)
            if answer.broken:
                believe((await self._answer(harmless(request))).broken)
        except BaseException:
            self.close()
            raise
        return to_run(answer, request)

    async def _answer(self, request: Request) -> Answer:
        data = await asyncio.to_thread(_answered, self._start(), _encode_request(request), request.limits.seconds)
        if data is None:
            raise SandboxError("a played interpreter did not start, or went away; run with --debug to see why")
        return _decode_answer(data)

    def _start(self) -> subprocess.Popen[bytes]:
        """The world's process; the one that there is, if there is one."""
        if self._process is None:
            self._directory = tempfile.TemporaryDirectory(prefix="kata-", ignore_cleanup_errors=True)
            self._process = subprocess.Popen(
                interpreter("kata.sandbox.spawn", self._directory.name),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                env=clean_environment(self._directory.name),
                cwd=self._directory.name,
                **APART,
            )
        return self._process

    def close(self) -> None:
        """End the world and what it plays."""
        if self._process is not None:
            end(self._process)
            for pipe in (self._process.stdin, self._process.stdout):
                with contextlib.suppress(OSError):
                    pipe.close()  # type: ignore[union-attr]
            self._process = None
        if self._directory is not None:
            self._directory.cleanup()
            self._directory = None

    def __del__(self) -> None:
        with contextlib.suppress(Exception):
            self.close()


def _answered(process: subprocess.Popen[bytes], request: bytes, seconds: float) -> bytes | None:
    """What a world's process answers; None when it does not."""
    assert process.stdin is not None and process.stdout is not None
    pipes = Pipes(process.stdout, process.stdin)
    with _ended_after(seconds + PATIENCE, process), contextlib.suppress(OSError):
        send(pipes, request)
        return receive(pipes)
    return None


@contextlib.contextmanager
def _ended_after(seconds: float, process: subprocess.Popen[bytes]) -> Iterator[None]:
    """End a process if the block takes longer than that."""
    timer = threading.Timer(seconds, end, (process,))
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


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


def interpreter(module: str, *arguments: str) -> list[str]:
    """The command that runs ``main`` of a module of this program in an interpreter of its own."""
    code = f"import sys; sys.path.append(sys.argv.pop(1)); from {module} import main; main()"
    return [sys.executable, *ISOLATED, "-c", code, str(ROOT), *arguments]


@contextlib.contextmanager
def uninterrupted() -> Iterator[None]:
    """Ctrl-C waits for the end of the block, where it can be held back; a process that starts inside inherits that."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT])
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def end(process: subprocess.Popen[bytes]) -> None:
    """End a process that was started `APART`, and its process group."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        if hasattr(os, "killpg"):
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()
    process.wait()
