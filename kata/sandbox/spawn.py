"""Playing where processes cannot be forked: a world in one fresh interpreter, and each played process in another.

``main`` is the world's. Requests come on standard input, answers go to standard output, as between a judge and a
zygote. With the argument ``player`` it is a played process, whose messages go the same way.
"""

from __future__ import annotations

import contextlib
import os
import queue
import subprocess
import sys
import threading
from time import monotonic

import msgspec

from kata.contract import channels, messages
from kata.contract.channels import HEADER, Pipes
from kata.contract.request import Limits, Request
from kata.player import player
from kata.sandbox import playing
from kata.sandbox.client import interpreter
from kata.sandbox.confine import die_with_parent
from kata.virtualtime import time_patches

__all__ = ["SpawnedChild", "main"]

PROMPT = 0.5
"""Real seconds in which a process that has hung up ends."""


class SpawnedChild:
    """A played process in an interpreter of its own; what `kata.sandbox.supervisor.Child` is to a copied one."""

    def __init__(self, directory: str, limits: Limits) -> None:
        self.limit = ""
        self._limits = limits
        self._process = subprocess.Popen(
            interpreter("kata.sandbox.spawn", directory, "player"),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=directory,
        )
        assert self._process.stdin is not None and self._process.stdout is not None
        self._pipes = Pipes(self._process.stdout, self._process.stdin)
        self._heard: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()
        threading.Thread(target=self._listen, daemon=True).start()
        if self._heard.get(timeout=STARTS) is None:
            raise ChildProcessError("a played interpreter did not come up")
        self._deadline = monotonic() + limits.seconds

    def _listen(self) -> None:
        with contextlib.suppress(OSError):
            while (header := _exactly(self._pipes, HEADER.size)) is not None:
                size = HEADER.unpack(header)[0]
                if size > self._limits.answer:
                    self.limit = "answer"
                    break
                message = _exactly(self._pipes, size)
                if message is None:
                    break
                self._heard.put(message)
        self._heard.put(None)

    def tell(self, data: bytes) -> None:
        """Send a message."""
        with contextlib.suppress(OSError):
            channels.send(self._pipes, data)

    def hear(self) -> bytes | None:
        """The next message; None when it has ended, or must be: then `limit` says why."""
        try:
            return self._heard.get(timeout=max(self._deadline - monotonic(), 0))
        except queue.Empty:
            self.limit = "seconds"
            return None

    def end(self) -> int | None:
        """End it, if it has not ended; gives its exit code."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(0 if self.limit else PROMPT)
        self._process.kill()
        code = self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            with contextlib.suppress(OSError):
                pipe.close()  # type: ignore[union-attr]
        return code


STARTS = 30.0
"""Real seconds in which an interpreter must have started."""


def _exactly(pipes: Pipes, size: int) -> bytes | None:
    parts = bytearray()
    while len(parts) < size:
        part = pipes.recv(size - len(parts))
        if not part:
            return None
        parts += part
    return bytes(parts)


def main() -> None:
    """Be a world, or with the argument ``player`` a played process, until standard input is closed."""
    directory, *rest = sys.argv[1:]
    die_with_parent()
    reading, writing = os.dup(0), os.dup(1)
    null = os.open(os.devnull, os.O_RDWR)
    os.dup2(null, 0)
    os.dup2(null, 1)
    pipes = Pipes(os.fdopen(reading, "rb", buffering=0), os.fdopen(writing, "wb", buffering=0))
    if rest:
        _play(pipes, writing)
    time_patches.install()
    read = msgspec.msgpack.Decoder(Request).decode
    write = msgspec.msgpack.Encoder().encode
    while (data := channels.receive(pipes)) is not None:
        request = read(data)
        child = SpawnedChild(directory, request.limits)
        began = time_patches.real_monotonic()
        answer = playing.play(request, child)
        if answer.recording or answer.broken:
            child.end()
        answer.again = False
        answer.cost = time_patches.real_monotonic() - began
        channels.send(pipes, write(answer))
    os._exit(0)


def _play(pipes: Pipes, writing: int) -> None:
    """Be a played process, for one play."""
    code = 70
    if hasattr(os, "register_at_fork"):  # a copy that the submission makes of itself must not answer too
        os.register_at_fork(after_in_child=lambda: os.close(writing))
    try:
        time_patches.install()
        prepared = player.Player()
        prepared.ready()
        channels.send(pipes, b"ready")
        data = channels.receive(pipes)
        if data is not None:
            play = messages.read_order(data)
            assert isinstance(play, messages.Play)
            prepared.perform(play, pipes)
        code = 0
    except BaseException:
        # The player failed, not the submission: the reason is the last thing that is sent.
        with contextlib.suppress(BaseException):
            import traceback

            channels.send(pipes, messages.write(messages.Broken(traceback.format_exc()[-2000:])))
    finally:
        os._exit(code)
