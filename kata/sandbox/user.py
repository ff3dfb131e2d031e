"""Whom a played process runs as: nobody's user without a single right, where the grader is root."""

from __future__ import annotations

import os

from kata.sandbox import linux

__all__ = ["become", "free"]

_FIRST, _SPAN = 1_900_000_000, 1_000_000
"""User numbers that no system hands out: see https://systemd.io/UIDS-GIDS/."""

_FALLBACK, _FEW = 61_300, 4_000
"""The same for a container that knows 65,536 users."""


def free(number: int) -> int:
    """A user and group that nobody else has.

    Args:
        number: different for each that is needed, such as the number of a process.
    """
    first = _FIRST + number % _SPAN
    return first if _mapped(first) else _FALLBACK + number % _FEW


def _mapped(user: int) -> bool:
    try:
        with open("/proc/self/uid_map") as rows:
            ranges = [row.split() for row in rows]
    except OSError:
        return False
    return any(int(start) <= user < int(start) + int(count) for start, _, count in ranges)


def become(user: int | None) -> None:
    """Become that user, and give up all capabilities.

    Args:
        user: also the number of its only group; None to stay who this process is.

    Raises:
        OSError: the system does not allow it.
    """
    if user is not None:
        os.setgroups([])
        os.setresgid(user, user, user)
        os.setresuid(user, user, user)
    linux.prctl(linux.SET_NO_NEW_PRIVS, 1)
    linux.drop_capabilities()
