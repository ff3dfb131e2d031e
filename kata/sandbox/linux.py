"""The few calls of Linux that Python's library does not have (3.12 brings some), with what went wrong as an OSError."""

from __future__ import annotations

import ctypes
import os
import struct
import sys
from typing import Any

__all__ = ["drop_capabilities", "drop_privileged_programs", "mount", "pivot_root", "prctl", "unmount", "unshare"]

NEWNS, NEWUTS, NEWIPC = 0x00020000, 0x04000000, 0x08000000
NEWUSER, NEWPID, NEWNET = 0x10000000, 0x20000000, 0x40000000
"""Which namespaces a process leaves: see namespaces(7)."""

MS_NOSUID, MS_NODEV, MS_NOEXEC = 0x2, 0x4, 0x8
MS_BIND, MS_REC, MS_PRIVATE = 0x1000, 0x4000, 0x40000

SET_PDEATHSIG, SET_DUMPABLE, SET_CHILD_SUBREAPER = 1, 4, 36
SET_SECCOMP, CAPBSET_DROP, SET_NO_NEW_PRIVS = 22, 24, 38

_SETATTR = 442  # mount_setattr(2), the same number on every architecture
_AT_FDCWD, _AT_RECURSIVE = -100, 0x8000
_PIVOT_ROOT = {"x86_64": 155, "aarch64": 41}
_CAPABILITIES = struct.pack("=Ii", 0x20080522, 0)
_NO_CAPABILITIES = bytes(24)
_LAST_CAPABILITY = 40
_MNT_DETACH = 2

libc: Any = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None


def _checked(result: int, what: str) -> None:
    if result < 0:
        code = ctypes.get_errno()
        raise OSError(code, f"{what}: {os.strerror(code)}")


def prctl(option: int, value: int) -> bool:
    """Set an attribute of this process; False where that is refused."""
    return bool(libc.prctl(option, ctypes.c_ulong(value), 0, 0, 0) == 0)


def unshare(flags: int) -> None:
    """Leave namespaces for new ones.

    Raises:
        OSError: refused.
    """
    _checked(libc.unshare(flags), "unshare")


def mount(source: str, target: str, kind: str = "", flags: int = 0, options: str = "") -> None:
    """mount(2).

    Raises:
        OSError: refused.
    """
    _checked(
        libc.mount(source.encode(), os.fsencode(target), kind.encode(), ctypes.c_ulong(flags), options.encode()),
        f"mount {target}",
    )


def unmount(target: str) -> None:
    """Take a file system away, at once for all who look for it, and for good when nobody uses it any more.

    Raises:
        OSError: refused.
    """
    _checked(libc.umount2(os.fsencode(target), _MNT_DETACH), f"unmount {target}")


def make_read_only(target: str) -> None:
    """All that is mounted at and below ``target`` becomes read-only, and its programs give nobody rights.

    Raises:
        OSError: refused, or a kernel before 5.12.
    """
    attributes = struct.pack("=QQQQ", 0x1 | 0x2, 0, 0, 0)  # MOUNT_ATTR_RDONLY, MOUNT_ATTR_NOSUID
    _checked(
        libc.syscall(_SETATTR, _AT_FDCWD, os.fsencode(target), _AT_RECURSIVE, attributes, ctypes.c_size_t(32)),
        "mount_setattr",
    )


def pivot_root(new: str) -> None:
    """Make ``new``, where something is mounted, the root directory, and let go of the old one.

    Raises:
        OSError: refused.
    """
    number = _PIVOT_ROOT.get(os.uname().machine)
    if number is None:
        raise OSError(f"pivot_root is not known on {os.uname().machine}")
    os.chdir(new)
    _checked(libc.syscall(number, b".", b"."), "pivot_root")
    unmount(".")
    os.chdir("/")


def drop_privileged_programs() -> None:
    """What this process starts can gain no capabilities; it keeps those that it has."""
    for capability in range(_LAST_CAPABILITY + 1):
        prctl(CAPBSET_DROP, capability)


def drop_capabilities() -> None:
    """Give up all capabilities, also those in a user namespace of one's own.

    Raises:
        OSError: refused.
    """
    _checked(libc.capset(_CAPABILITIES, _NO_CAPABILITIES), "capset")
