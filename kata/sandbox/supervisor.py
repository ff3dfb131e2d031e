"""The world's side of a played process: messages to and from it, until a limit is passed or it has ended."""

from __future__ import annotations

import contextlib
import select
import signal
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


PATIENCE = 6.0
"""Real seconds after which a keeper that does not answer is taken for dead."""


class Keeper:
    """The way to the keeper next door. One that dies or does not answer is replaced: that costs the play, no more.

    Args:
        maker: where a keeper can be had; see `kata.sandbox.makers`.
        asker: the descriptor on which requests come, or -1.
    """

    def __init__(self, maker: socket.socket, asker: int = -1) -> None:
        self._maker = maker
        self._channel: socket.socket | None = None
        self.asker = asker

    def ready(self) -> None:
        """Ask for a keeper, before the first play does.

        Raises:
            OSError: none can be had.
        """
        self._keeper()

    def start(self, limits: Limits, folders: list[str], series: str) -> Child:
        """A new played process; the one before, if there was one, is ended.

        Args:
            limits: what it may use.
            folders: for a script, the directories that it may read.
            series: of the requests that it may play.

        Raises:
            ConnectionError: no keeper can be had, or none that could start a process.
        """
        for _ in range(2):
            with contextlib.suppress(OSError):
                channel = self._keeper()
                send(channel, _write(Asked("start", limits, folders)))
                _, descriptors, _, _ = socket.recv_fds(channel, 1, 1)
                if descriptors:
                    return Child(socket.socket(fileno=descriptors[0]), series, self)
            self._give_up()
        raise ConnectionError("no keeper of played processes could start one")

    def interrupt(self) -> None:
        """Ask it to send what it has."""
        if self._channel is not None:
            with contextlib.suppress(TimeoutError):
                send(self._channel, _write(Asked("interrupt")))

    def alone(self) -> bool:
        """True when nothing that it started is left."""
        return self._ask(Asked("alone")).alone

    def end(self, *, hung_up: bool) -> Kept:
        """End it and all that it started, and empty its directory; who has ``hung_up`` may end by itself."""
        return self._ask(Asked("end", hung_up=hung_up))

    def _ask(self, asked: Asked) -> Kept:
        """The keeper's answer. When there is none, everything is ended together with the keeper."""
        with contextlib.suppress(OSError, msgspec.MsgspecError):
            if self._channel is not None:
                send(self._channel, _write(asked))
                answer = receive(self._channel)
                if answer is not None:
                    return _read(answer)
        self._give_up()
        return Kept(-signal.SIGKILL)

    def _keeper(self) -> socket.socket:
        if self._channel is None:
            self._maker.settimeout(2 * PATIENCE)
            self._maker.sendall(b".")
            _, descriptors, _, _ = socket.recv_fds(self._maker, 1, 1)
            if not descriptors:
                raise ConnectionError("the zygote is gone")
            self._channel = socket.socket(fileno=descriptors[0])
            self._channel.settimeout(PATIENCE)
        return self._channel

    def _give_up(self) -> None:
        """Let go of a keeper; it is ended before there is another one."""
        if self._channel is not None:
            self._channel.close()
            self._channel = None


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

    def begin(self, limits: Limits) -> None:
        """A play begins now, and may use so much."""
        self._limits, self._deadline, self._asked = limits, monotonic() + limits.seconds, False

    def tell(self, data: bytes) -> None:
        """Send a message. Who does not read it is not heard any more."""
        self._channel.settimeout(GRACE)
        try:
            send(self._channel, data)
        except TimeoutError:  # half of it may have gone, so no other can follow
            self.limit = self.limit or "seconds"
        self._channel.setblocking(False)

    def hear(self) -> bytes | None:
        """The next message; None when it has ended, or must be: then `limit` says why.

        Raises:
            HungUp: nobody waits for what comes of it.
        """
        while True:
            message = None if self.limit else self._message()
            if message is not None or self.limit or self._gone:
                return message
            left = self._deadline - monotonic()
            if left > 0:
                events = self._poll.poll(left * 1000)
                if any(fd == self._keeper.asker for fd, _ in events):
                    raise HungUp
                if events:
                    self._read()
            elif self._asked:
                self.limit = "seconds"
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
