"""Landlock: how a Linux process gives up, for good and for all that it starts, the right to files outside some places.

Three system calls of the kernel, as landlock(7), landlock_create_ruleset(2), landlock_add_rule(2),
landlock_restrict_self(2) and linux/landlock.h describe them. What a kernel offers is told by its ABI version; rights
that it does not know yet are left out, so that a machine of today's classrooms is confined as far as its kernel can.
Its rights to TCP are not used: they know ports and no addresses, so whoever may connect to a server of its own, at any
port, may connect to everybody's.
"""

from __future__ import annotations

import ctypes
import errno
import os
import stat
import struct
import sys
from collections.abc import Iterable
from typing import Any

__all__ = ["Ruleset", "version"]

# The same numbers on every architecture.
_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446
_CREATE_RULESET_VERSION = 1
_RULE_PATH_BENEATH = 1
_PR_SET_NO_NEW_PRIVS = 38

_EXECUTE, _WRITE_FILE, _READ_FILE, _READ_DIR = 1 << 0, 1 << 1, 1 << 2, 1 << 3
_TRUNCATE, _IOCTL_DEV = 1 << 14, 1 << 15
_READ = _EXECUTE | _READ_FILE | _READ_DIR
_OF_A_FILE = _EXECUTE | _WRITE_FILE | _READ_FILE | _TRUNCATE | _IOCTL_DEV
"""The rights that make sense for what is no directory; the kernel refuses the others there."""

_NOWHERE = 1 << 6 | 1 << 11  # MAKE_CHAR, MAKE_BLOCK
"""What nobody may do, wherever it is: make devices."""

_RIGHTS = {1: 13, 2: 14, 3: 15, 5: 16}
"""How many rights to files there are from an ABI version on: 2 added moving and linking, 3 truncating, 5 devices."""

_SCOPES = 0b11
"""From version 6 on: neither signals nor abstract Unix sockets reach a process outside."""


_libc: Any = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None


def version() -> int:
    """The ABI version that the kernel offers; 0 where there is no Landlock, or where it is switched off."""
    if _libc is None:
        return 0
    return max(int(_libc.syscall(_CREATE_RULESET, None, ctypes.c_size_t(0), _CREATE_RULESET_VERSION)), 0)


class Ruleset:
    """The places that a process keeps. They are opened here, and once only; `enforce` confines.

    Args:
        readable: files, or directories with all that is below them, that may be read and executed.
        writable: those that may be changed as well.

    Raises:
        OSError: a path does not exist, or there is no Landlock.
    """

    def __init__(self, readable: Iterable[str], writable: Iterable[str]) -> None:
        abi = version()
        if not abi:
            raise OSError(errno.EOPNOTSUPP, "this kernel offers no Landlock")
        self._all = (1 << max(count for since, count in _RIGHTS.items() if since <= abi)) - 1
        # An older kernel takes the longer structure too, as long as what it does not know is 0.
        self._attributes = struct.pack("=QQQ", self._all, 0, _SCOPES if abi >= 6 else 0)
        self._size = ctypes.c_size_t(len(self._attributes))
        self._rules = self._opened(readable, writable)

    def _opened(self, readable: Iterable[str], writable: Iterable[str]) -> list[bytes]:
        places = [(path, _READ) for path in readable] + [(path, self._all & ~_NOWHERE) for path in writable]
        rules = []
        for path, rights in places:
            place = os.open(path, os.O_PATH | os.O_CLOEXEC)
            if not stat.S_ISDIR(os.fstat(place).st_mode):
                rights &= _OF_A_FILE
            rules.append(struct.pack("=Qi", rights & self._all, place))
        return rules

    def enforce(self, readable: Iterable[str] = (), writable: Iterable[str] = ()) -> None:
        """Confine the calling thread, for good, to the places of this ruleset and some more.

        Raises:
            OSError: a path does not exist, or the kernel refuses; the process is not confined then.
        """
        ruleset = _libc.syscall(_CREATE_RULESET, self._attributes, self._size, 0)
        if ruleset < 0:
            raise _refused("make a ruleset")
        for rule in self._rules + self._opened(readable, writable):
            if _libc.syscall(_ADD_RULE, ruleset, _RULE_PATH_BENEATH, rule, 0) < 0:
                raise _refused("add a rule")
        if _libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) < 0 or _libc.syscall(_RESTRICT_SELF, ruleset, 0) < 0:
            raise _refused("confine the process")
        os.close(ruleset)


def _refused(what: str) -> OSError:
    code = ctypes.get_errno()
    return OSError(code, f"Landlock could not {what}: {os.strerror(code)}")
