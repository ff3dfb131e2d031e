"""The supervisor of a played process: waits for its answers, and ends it and all that it started."""

from __future__ import annotations

import contextlib
import os
import select
import signal
import socket
from time import monotonic

import msgspec

from kata.contract.request import TOKEN, Answer, Limits, Request, genuine
from kata.player.player import SECONDS_SIGNAL
from kata.sandbox import channels

__all__ = ["Child", "HungUp"]

GRACE = 0.5
"""Real seconds between asking a child to send what it has and killing it."""

_encode_request = msgspec.msgpack.Encoder().encode


class HungUp(Exception):
    """Whoever asked for a play is not there any more."""


class Child:
    """A played process: reads its answers, and ends it and all that it started.

    Args:
        pid: its number; it leads a process group of its own.
        series: of the requests that it may play.
        channel: this end of the socket that joins it to this process.
        reaper: whether what it leaves behind comes to this process.
        asker: the descriptor on which requests come, or -1.
    """

    def __init__(self, pid: int, series: str, channel: socket.socket, *, reaper: bool, asker: int = -1) -> None:
        self.pid = pid
        self.series = series
        self.channel = channel
        self.reaper = reaper
        self.asker = asker
        self.waits = False
        """True when it has answered and waits for another request."""
        self._status: int | None = None
        channel.setblocking(False)
        self._ended = os.pidfd_open(pid) if hasattr(os, "pidfd_open") else -1
        self._poll = select.poll()
        for fd in (channel.fileno(), self._ended):
            if fd >= 0:
                self._poll.register(fd, select.POLLIN)
        if asker >= 0:
            self._poll.register(asker, 0)  # which tells of a hang-up, and of nothing else

    def ask(self, request: Request, token: bytes) -> None:
        """Hand over another request."""
        self.channel.settimeout(GRACE)
        with contextlib.suppress(TimeoutError):  # it does not read; the deadline ends it
            channels.send(self.channel, token + _encode_request(request))
        self.channel.setblocking(False)

    def answer(self, token: bytes, limits: Limits, began: float) -> Answer:
        """Wait for its answer to a request, or until it has ended or has passed a limit.

        Args:
            token: with which the answer must begin.
            limits: what the play may use.
            began: when it began, on the monotonic clock.

        Raises:
            HungUp: nobody waits for the answer.
        """
        data = bytearray()
        limit = self._watch(data, token, limits, began + limits.seconds)
        self.waits = not limit and self._status is None and self._alone()
        code = os.waitstatus_to_exitcode(self._status or 0)
        return Answer(
            recording=genuine(bytes(data), token) if not limit else b"",
            exit_code=code if code >= 0 else None,
            signal=-code if code < 0 else None,
            limit=limit,  # type: ignore[arg-type]
        )

    def end(self) -> None:
        """End it, if it has not ended, and all that it started."""
        for kill in (os.killpg, os.kill):  # right after it was started it leads no group yet
            with contextlib.suppress(ProcessLookupError, PermissionError):
                kill(self.pid, signal.SIGKILL)
        self._wait()
        if self.reaper:
            self._reap()
        self.channel.close()
        if self._ended >= 0:
            os.close(self._ended)

    def _watch(self, data: bytearray, token: bytes, limits: Limits, deadline: float) -> str:
        """Read until it has answered and waits, or has ended, or must be ended; the limit in the last case."""
        asked, most = False, limits.answer + 2 * TOKEN
        while True:
            left = deadline - monotonic()
            if left <= 0:
                if asked:
                    return "seconds"
                asked, deadline = True, monotonic() + GRACE
                if SECONDS_SIGNAL is not None:
                    os.kill(self.pid, SECONDS_SIGNAL)
                continue
            events = self._poll.poll(min(left, 0.1) * 1000)
            if not events and self._too_many(limits.processes):
                return "processes"
            if any(fd == self.asker for fd, _ in events):
                raise HungUp
            over = any(fd == self._ended for fd, _ in events)
            while self._read(data) and over and len(data) <= most:
                pass
            if len(data) > most:
                return "answer"
            if over:
                self._wait()
            if self._status is not None or (len(data) >= 2 * TOKEN and data.endswith(token)):
                return ""

    def _read(self, data: bytearray) -> bool:
        """Read some of what it has sent; False when there is nothing, now or ever."""
        try:
            part = self.channel.recv(1 << 18)
        except (BlockingIOError, ConnectionResetError):
            return False
        data += part
        if not part:
            with contextlib.suppress(KeyError):
                self._poll.unregister(self.channel)
            if self._ended < 0:
                self._wait()
        return bool(part)

    def _alone(self) -> bool:
        """True when nothing that it started is left."""
        return not self.reaper or _children(os.getpid()) == [self.pid]

    def _too_many(self, most: int) -> bool:
        if not self.reaper:
            return False
        seen = [self.pid]
        for pid in seen:
            seen += [child for child in _children(pid) if child not in seen]
            if len(seen) > most:
                return True
        return sum(child != self.pid for child in _children(os.getpid())) > most

    def _wait(self) -> None:
        if self._status is None:
            _, self._status = os.waitpid(self.pid, 0)

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
