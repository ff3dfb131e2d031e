"""Removes a directory that somebody else has filled: of any depth, closed to its owner, immutable, or very large."""

from __future__ import annotations

import contextlib
import os
import shutil
import struct
import sys
from time import monotonic

__all__ = ["remove"]

_GET_FLAGS, _SET_FLAGS = 0x80086601, 0x40086602
_IMMUTABLE, _APPEND = 0x10, 0x20
_WINDOWS = sys.platform == "win32"
_PLACE = 0 if _WINDOWS else getattr(os, "O_PATH", os.O_RDONLY) | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC


def remove(directory: str, deadline: float) -> bool:
    """Remove a directory and all in it, without following links. Nobody may change it meanwhile.

    One directory is open at a time, and the way back is its ``..``: neither the length of a path nor the number of open
    descriptors grows with the depth.

    Args:
        directory: it need not exist.
        deadline: real seconds on the monotonic clock, after which no more is tried.

    Returns:
        True when it is gone.
    """
    if _WINDOWS:
        shutil.rmtree(directory, ignore_errors=True)
        return not os.path.lexists(directory)
    try:
        here = _opened(directory, None)
    except OSError:
        return not os.path.lexists(directory)
    try:
        way = [("", _files_removed(here))]
        while True:
            if monotonic() > deadline:
                return False
            name, left = way[-1]
            if left:
                inner = left.pop()
                with contextlib.suppress(OSError):
                    below = _opened(inner, here)
                    os.close(here)
                    here = below
                    way.append((inner, _files_removed(here)))
                continue
            way.pop()
            if not way:
                break
            above = os.open("..", os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC, dir_fd=here)
            os.close(here)
            here = above
            with contextlib.suppress(OSError):
                os.rmdir(name, dir_fd=here)
    except OSError:
        return False
    finally:
        os.close(here)
    with contextlib.suppress(OSError):
        os.rmdir(directory)
    return not os.path.lexists(directory)


def _files_removed(descriptor: int) -> list[str]:
    """Remove what is no directory; gives the names of those that are."""
    directories = []
    with os.scandir(descriptor) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                directories.append(entry.name)
            else:
                _unlink(entry.name, descriptor)
    return directories


def _opened(name: str, within: int | None) -> int:
    """A directory, open for reading, with all rights to it for its owner."""
    place = os.open(name, _PLACE, dir_fd=within)
    if sys.platform != "linux":
        return place
    try:
        itself = f"/proc/self/fd/{place}"
        with contextlib.suppress(OSError):
            if os.fstat(place).st_mode & 0o700 != 0o700:
                os.chmod(itself, 0o700)
        opened = os.open(itself, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    finally:
        os.close(place)
    _loosen(opened)
    return opened


def _unlink(name: str, within: int) -> None:
    try:
        os.unlink(name, dir_fd=within)
    except PermissionError:
        with contextlib.suppress(OSError):
            file = os.open(name, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC, dir_fd=within)
            _loosen(file)
            os.close(file)
            os.unlink(name, dir_fd=within)
    except OSError:
        pass


def _loosen(descriptor: int) -> None:
    """Take the attributes immutable and append-only away, where the file system has them and they are there."""
    import fcntl

    with contextlib.suppress(OSError):
        flags = struct.unpack("l", fcntl.ioctl(descriptor, _GET_FLAGS, struct.pack("l", 0)))[0]
        if flags & (_IMMUTABLE | _APPEND):
            fcntl.ioctl(descriptor, _SET_FLAGS, struct.pack("l", flags & ~(_IMMUTABLE | _APPEND)))
