"""Single files that others may have prepared: read without being fooled, written as a whole or not at all."""

from __future__ import annotations

import os
import secrets
import stat
from collections.abc import Iterable
from pathlib import Path


class NotPlain(OSError):
    """There is something at this path, but no plain file of a sensible size. The text says what."""


def read_plain(path: Path, limit: int) -> bytes:
    """The bytes of a plain file of at most ``limit`` bytes. Never blocks on a pipe or a device.

    Raises:
        NotPlain: a link, a directory, a pipe, a device, or too large.
        OSError: missing, or may not be read.
    """
    flags = os.O_RDONLY
    for name in ("O_NOFOLLOW", "O_NONBLOCK", "O_NOCTTY", "O_CLOEXEC", "O_BINARY"):
        flags |= getattr(os, name, 0)
    if path.is_symlink():
        raise NotPlain("it is a link")
    if path.is_dir():
        raise NotPlain("it is a directory")
    descriptor = os.open(path, flags)
    with open(descriptor, "rb") as file:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode):
            raise NotPlain("it is a pipe or a device, not a file")
        data = file.read(limit + 1)
    if len(data) > limit:
        raise NotPlain(f"it is larger than {limit // 1024} KiB")
    return data


def write_whole(path: Path, data: bytes) -> None:
    """Write ``path`` so that a reader sees the old bytes or the new ones, never a part.

    Raises:
        OSError: the directory or the disk does not allow it; ``path`` is as it was.
    """
    write_pieces(path, [data])


def write_pieces(path: Path, pieces: Iterable[bytes]) -> None:
    """The same for a large file: one piece is in memory at a time.

    Raises:
        OSError: see `write_whole`.
    """
    part = path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")
    try:
        with open(part, "xb") as file:
            file.writelines(pieces)
        os.replace(part, path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise


def write_new(path: Path, data: bytes) -> None:
    """Write a file that must not exist yet.

    Raises:
        FileExistsError: something is there already.
        OSError: the directory or the disk does not allow it.
    """
    with open(path, "xb") as file:
        file.write(data)
