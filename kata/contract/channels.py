"""Messages between processes: four bytes of length, and that many bytes."""

from __future__ import annotations

import contextlib
import os
import struct
from collections.abc import Callable
from functools import partial
from socket import SocketType
from typing import IO, Protocol

__all__ = ["HEADER", "read_message", "receive", "send", "write", "write_message"]

HEADER = struct.Struct("!I")


class Channel(Protocol):
    """What messages go through: a stream socket, or `Pipes`.

    Of a socket, the methods of the system's own type are called: in a play those of `socket.socket` wait for the
    thread's turn on the virtual clock, which these messages decide.
    """

    def sendall(self, data: bytes, /) -> None:
        """Send all of this."""

    def recv(self, size: int, /) -> bytes:
        """Some of what came, at most ``size`` bytes; nothing when the other end has hung up."""


class Pipes:
    """Two pipes as a channel."""

    def __init__(self, reading: IO[bytes], writing: IO[bytes]) -> None:
        self._reading = reading
        self._writing = writing

    def sendall(self, data: bytes, /) -> None:
        """Send all of this."""
        self._writing.write(data)
        self._writing.flush()

    def recv(self, size: int, /) -> bytes:
        """Some of what came, at most ``size`` bytes; nothing when the other end has hung up."""
        return os.read(self._reading.fileno(), size)


def send(channel: Channel, data: bytes) -> None:
    """Send a message; nothing happens when nobody is there any more."""
    sendall = partial(SocketType.sendall, channel) if isinstance(channel, SocketType) else channel.sendall
    with contextlib.suppress(BrokenPipeError, ConnectionResetError):
        sendall(HEADER.pack(len(data)) + data)


def receive(channel: Channel) -> bytes | None:
    """The next message; None when the other end has hung up."""
    return _next(partial(SocketType.recv, channel) if isinstance(channel, SocketType) else channel.recv)


def write_message(fd: int, data: bytes) -> None:
    """The same over a pipe.

    Raises:
        BrokenPipeError: nobody is there any more.
    """
    write(fd, HEADER.pack(len(data)) + data)


def read_message(fd: int) -> bytes | None:
    """The next message of a pipe; None when the other end has hung up."""
    return _next(lambda size: os.read(fd, size))


def write(fd: int, data: bytes) -> None:
    """Write all of ``data`` to a descriptor, without a header."""
    view = memoryview(data)
    while view:
        view = view[os.write(fd, view) :]


def _next(read: Callable[[int], bytes]) -> bytes | None:
    header = _exactly(read, HEADER.size)
    return None if header is None else _exactly(read, HEADER.unpack(header)[0])


def _exactly(read: Callable[[int], bytes], size: int) -> bytes | None:
    parts = bytearray()
    while len(parts) < size:
        try:
            part = read(min(size - len(parts), 1 << 20))
        except ConnectionResetError:
            return None
        if not part:
            return None
        parts += part
    return bytes(parts)
