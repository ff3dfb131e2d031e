"""Messages between processes: four bytes of length, and that many bytes."""

from __future__ import annotations

import contextlib
import os
import socket
import struct
from collections.abc import Callable

__all__ = ["HEADER", "read_message", "receive", "send", "write", "write_message"]

HEADER = struct.Struct("!I")


def send(channel: socket.socket, data: bytes) -> None:
    """Send a message; nothing happens when nobody is there any more."""
    with contextlib.suppress(BrokenPipeError, ConnectionResetError):
        channel.sendall(HEADER.pack(len(data)) + data)


def receive(channel: socket.socket) -> bytes | None:
    """The next message; None when the other end has hung up."""
    return _next(channel.recv)


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
