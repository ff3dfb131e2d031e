"""Quarters of one's own: a process moves to namespaces where it sees its own processes and its own few files only.

Its root directory is made from nothing: what a play may read, at the places where it was but read-only, a ``/proc`` of
its own, and a working directory in memory that holds so much and no more.
"""

from __future__ import annotations

import contextlib
import os
import stat
from collections.abc import Iterable

from kata.sandbox import linux
from kata.sandbox.bounds import DISK, FILES

__all__ = ["move_in"]


def move_in(directory: str, readable: Iterable[str], *, shared_memory: bool = False) -> None:
    """Make a root directory, and move there. This process is in namespaces of mounts and processes of its own.

    Args:
        directory: the working directory; empty, and mounted anew.
        readable: files, or directories with all that is below them.
        shared_memory: whether there is a ``/dev/shm``, as process pools need.

    Raises:
        OSError: the system does not allow it.
    """
    linux.mount("none", "/", flags=linux.MS_REC | linux.MS_PRIVATE)
    linux.mount("tmpfs", directory, "tmpfs", linux.MS_NOSUID | linux.MS_NODEV, "mode=755,size=1m")
    new = _Root(directory)
    for path in sorted(readable):
        new.show(path)
    place = new.make(directory)
    new.make("/proc")
    if shared_memory:
        new.make("/dev/shm")
    linux.make_read_only(directory)
    data = f"mode=755,size={DISK},nr_inodes={FILES}"
    plain = linux.MS_NOSUID | linux.MS_NODEV
    linux.mount("tmpfs", place, "tmpfs", plain, data)
    linux.mount("proc", f"{directory}/proc", "proc", plain | linux.MS_NOEXEC)
    if shared_memory:
        linux.mount("tmpfs", f"{directory}/dev/shm", "tmpfs", plain, data.replace("755", "1777"))
    linux.pivot_root(directory)
    os.chdir(directory)


class _Root:
    """A root directory that is being made at ``directory``."""

    def __init__(self, directory: str) -> None:
        self.directory = directory
        self.shown: list[str] = []

    def show(self, path: str) -> None:
        """Make what is at ``path`` visible there, with the links that lead to it."""
        here, *rest = "", *path.strip("/").split("/")
        while rest:
            here = f"{here}/{rest.pop(0)}"
            if any(here == shown or here.startswith(f"{shown}/") for shown in self.shown) and not os.path.islink(here):
                if not rest:
                    return
                continue
            target = self.directory + here
            if os.path.islink(here):
                link = os.readlink(here)
                if not os.path.lexists(target):
                    os.symlink(link, target)
                onward = os.path.normpath(os.path.join(os.path.dirname(here), link, *rest))
                if onward != path:
                    self.show(onward)
                return
            if rest:
                with contextlib.suppress(FileExistsError):
                    os.mkdir(target, 0o755)
        self._bind(here)

    def _bind(self, path: str) -> None:
        target = self.directory + path
        if stat.S_ISDIR(os.stat(path).st_mode):
            with contextlib.suppress(FileExistsError):
                os.mkdir(target, 0o755)
        else:
            with contextlib.suppress(FileExistsError):
                os.close(os.open(target, os.O_CREAT | os.O_WRONLY | os.O_EXCL, 0o644))
        linux.mount(path, target, flags=linux.MS_BIND | linux.MS_REC)
        self.shown.append(path)

    def make(self, path: str) -> str:
        """A directory of that name, as it appears from outside."""
        os.makedirs(self.directory + path, 0o755, exist_ok=True)
        return self.directory + path
