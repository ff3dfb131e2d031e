"""What all processes of a play may use together, and how much they use: looked up from outside while they run."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterable, Iterator

__all__ = ["DISK", "FILES", "MEMORY", "below", "everybody", "memory", "stored"]

MEMORY = 1 << 30
"""Bytes of memory of all processes together, the files that they keep in memory included."""

DISK = 64 << 20
"""Bytes of all files in the working directory."""

FILES = 10_000
"""Entries in the working directory, at whatever depth."""

TASKS = 512
"""Processes and threads, where the system counts them for the sandbox alone; no fork bomb gets further."""

_PAGE = os.sysconf("SC_PAGE_SIZE") if hasattr(os, "sysconf") else 4096


def everybody() -> list[int]:
    """All processes that this one can see but itself, by /proc; for the first one of a namespace."""
    own = os.getpid()
    return [int(name) for name in os.listdir("/proc") if name.isdigit() and int(name) != own]


def children(pid: int) -> Iterator[int]:
    """The processes that one has started, from whichever thread."""
    with contextlib.suppress(OSError):
        for task in os.listdir(f"/proc/{pid}/task"):
            with contextlib.suppress(OSError), open(f"/proc/{pid}/task/{task}/children", "rb") as listing:
                yield from map(int, listing.read().split())


def below(pid: int) -> list[int]:
    """All processes below one; nothing where the system does not tell."""
    found = dict.fromkeys(children(pid))
    waiting = list(found)
    for each in waiting:
        new = [child for child in children(each) if child not in found]
        found.update(dict.fromkeys(new))
        waiting += new
    return list(found)


def memory(pids: Iterable[int], enough: int = MEMORY) -> int:
    """Bytes of memory that processes use together. What they share counts once, when it comes to that.

    Args:
        pids: of the processes.
        enough: a bound below which a rough number, which is too high, is good enough.
    """
    pids = list(pids)
    rough = 0
    for pid in pids:
        with contextlib.suppress(OSError, IndexError, ValueError), open(f"/proc/{pid}/statm", "rb") as numbers:
            rough += int(numbers.read().split()[1]) * _PAGE
    return rough if rough <= enough else sum(map(_share, pids))


def _share(pid: int) -> int:
    """Its own memory, and its share of what it shares with others; files of programs are not counted."""
    found = 0
    with contextlib.suppress(OSError, ValueError), open(f"/proc/{pid}/smaps_rollup", "rb") as lines:
        for line in lines:
            if line.startswith((b"Pss_Anon:", b"Pss_Shmem:")):
                found += int(line.split()[1]) << 10
    return found


def stored(directory: str) -> tuple[int, int]:
    """Bytes and entries in a directory at all depths; no more is looked at when it is too many anyhow."""
    size = count = 0
    waiting = [directory]
    while waiting and count <= FILES:
        with contextlib.suppress(OSError), os.scandir(waiting.pop()) as entries:
            for entry in entries:
                count += 1
                with contextlib.suppress(OSError):
                    size += entry.stat(follow_symlinks=False).st_blocks * 512
                    if entry.is_dir(follow_symlinks=False):
                        waiting.append(entry.path)
                if count > FILES:
                    break
    return size, count
