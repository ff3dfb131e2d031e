"""The world's side of a played process: messages to and from it, until a limit is passed or it has ended."""

from __future__ import annotations

import contextlib
import select
import socket
from time import monotonic

import msgspec

from kata.contract.channels import HEADER, receive, send
from kata.contract.request import Limits
from kata.sandbox.keeper import Asked, Kept

__all__ = ["Child", "HungUp", "Keeper"]

GRACE = 0.5
"""Real seconds between asking a played process to send what it has and ending it."""


class HungUp(Exception):
    """Whoever asked for a play is not there any more."""


_write = msgspec.msgpack.Encoder().encode
_read = msgspec.msgpack.Decoder(Kept).decode


class Keeper:
    """The way to the keeper next door.

    Args:
        channel: to it.
        asker: the descriptor on which requests come, or -1.
    """

    def __init__(self, channel: socket.socket, asker: int = -1) -> None:
        self._channel = channel
        self.asker = asker

    def start(self, limits: Limits, folder: str, series: str) -> Child:
        """A new played process; the one before, if there was one, is ended.

        Args:
            limits: what it may use.
            folder: for a script, the directory that it may read.
            series: of the requests that it may play.
        """
        send(self._channel, _write(Asked("start", limits, folder)))
        _, descriptors, _, _ = socket.recv_fds(self._channel, 1, 1)
        if not descriptors:
            raise ConnectionError("the keeper of played processes went away")
        return Child(socket.socket(fileno=descriptors[0]), series, self)

    def interrupt(self) -> None:
        """Ask it to send what it has."""
        send(self._channel, _write(Asked("interrupt")))

    def alone(self) -> bool:
        """True when nothing that it started is left."""
        return self._ask(Asked("alone")).alone

    def end(self, *, hung_up: bool) -> Kept:
        """End it and all that it started, and empty its directory; who has ``hung_up`` may end by itself."""
        return self._ask(Asked("end", hung_up=hung_up))

    def _ask(self, asked: Asked) -> Kept:
        send(self._channel, _write(asked))
        answer = receive(self._channel)
        if answer is None:
            raise ConnectionError("the keeper of played processes went away")
        return _read(answer)


class Child:
    """A played process.

    Args:
        channel: to it.
        series: of the requests that it may play.
        keeper: made it, and ends it.
    """

    def __init__(self, channel: socket.socket, series: str, keeper: Keeper) -> None:
        self.series = series
        self.limit = ""
        """The limit that it passed; empty while it passed none."""
        self._channel = channel
        self._keeper = keeper
        self._limits = Limits()
        self._deadline = 0.0
        self._asked = False
        self._data = bytearray()
        self._gone = False
        channel.setblocking(False)
        self._poll = select.poll()
        self._poll.register(channel, select.POLLIN)
        if keeper.asker >= 0:
            self._poll.register(keeper.asker, 0)  # which tells of a hang-up, and of nothing else

    def begin(self, limits: Limits, began: float) -> None:
        """A play begins.

        Args:
            limits: what it may use.
            began: when, on the monotonic clock.
        """
        self._limits, self._deadline, self._asked = limits, began + limits.seconds, False

    def tell(self, data: bytes) -> None:
        """Send a message. Who does not read it is ended at the deadline."""
        self._channel.settimeout(GRACE)
        try:
            send(self._channel, data)
        except TimeoutError:  # half a message is there now, so no other can follow
            self.limit = self.limit or "seconds"
        self._channel.setblocking(False)

    def hear(self) -> bytes | None:
        """The next message; None when it has ended, or must be: then `limit` says why.

        Raises:
            HungUp: nobody waits for what comes of it.
        """
        while True:
            left = self._deadline - monotonic()
            if left <= 0 and self._asked:
                self.limit = self.limit or "seconds"
            if self.limit:
                return None
            message = self._message()
            if message is not None or self.limit or self._gone:
                return message
            if left > 0:
                events = self._poll.poll(left * 1000)
                if any(fd == self._keeper.asker for fd, _ in events):
                    raise HungUp
                if events:
                    self._read()
            else:
                self._asked, self._deadline = True, monotonic() + GRACE
                self._keeper.interrupt()

    def fit(self) -> bool:
        """True when it lives, and nothing that it started is left."""
        return not self.limit and not self._data and not self._gone and self._keeper.alone()

    def end(self) -> int | None:
        """End it, if it has not ended, and all that it started; gives its exit code, minus a signal's number."""
        kept = self._keeper.end(hung_up=self._gone)
        self.limit = self.limit or kept.limit
        self._channel.close()
        return kept.code

    def _message(self) -> bytes | None:
        if len(self._data) < HEADER.size:
            return None
        size = HEADER.unpack_from(self._data)[0]
        if size > self._limits.answer:
            self.limit = "answer"
            return None
        if len(self._data) < HEADER.size + size:
            return None
        message = bytes(self._data[HEADER.size : HEADER.size + size])
        del self._data[: HEADER.size + size]
        return message

    def _read(self) -> None:
        """Read some of what it has sent."""
        try:
            part = self._channel.recv(1 << 18)
        except BlockingIOError:
            return
        except ConnectionResetError:
            part = b""
        self._data += part
        self._gone = not part
