"""Messages between processes: four bytes of length, and that many bytes."""

from __future__ import annotations

import contextlib
import os
import socket
import struct

__all__ = ["HEADER", "receive", "send", "write"]

HEADER = struct.Struct("!I")


def send(channel: socket.socket, data: bytes) -> None:
    """Send a message; nothing happens when nobody is there any more."""
    with contextlib.suppress(BrokenPipeError, ConnectionResetError):
        channel.sendall(HEADER.pack(len(data)) + data)


def receive(channel: socket.socket) -> bytes | None:
    """The next message; None when the other end has hung up."""
    header = _exactly(channel, HEADER.size)
    return None if header is None else _exactly(channel, HEADER.unpack(header)[0])


def write(fd: int, data: bytes) -> None:
    """Write all of ``data`` to a descriptor, without a header."""
    view = memoryview(data)
    while view:
        view = view[os.write(fd, view) :]


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
