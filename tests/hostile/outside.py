"""What is outside of a play, and what of it has changed: files of the clone, processes, temporary files, sockets."""

from __future__ import annotations

import contextlib
import os
import re
import stat
import subprocess
import threading
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

__all__ = ["Outside", "Peaks", "descendants", "watched"]

PARTS = ("kata", "tests", "exercises", "solutions", "docs", "grader.py", "pyproject.toml")
"""What of a clone is watched."""

MARK = "kata-hostile"
"""In the names of all that hostile submissions leave in places which they share with others."""

LIBRARY = Path(os.__file__).with_name("antigravity.py")
"""A file of the standard library whose mode, times and attributes hostile submissions try to change."""

SHARED = ("/tmp", "/var/tmp", "/dev/shm", "/dev/mqueue", "/run", "/run/lock")
KEY = 0x6B617461
"""Of what they make in System V's way."""

PORTS = range(47_800, 47_900)
"""Where hostile submissions listen."""

TICKS = os.sysconf("SC_CLK_TCK") if hasattr(os, "sysconf") else 100


def descendants(pid: int) -> list[int]:
    """All processes below ``pid``."""
    found = [pid]
    for parent in found:
        with contextlib.suppress(OSError):
            for thread in os.listdir(f"/proc/{parent}/task"):
                children = Path(f"/proc/{parent}/task/{thread}/children").read_text(encoding="ascii")
                found += [int(child) for child in children.split() if int(child) not in found]
    return found[1:]


class Outside:
    """What the outside of a lane's plays looked like at one moment.

    Args:
        root: the clone.
        temporary: the directory for temporary files that this lane has for itself.
        text: the hostile submission. What all lanes share is watched where it is named there.
    """

    def __init__(self, root: Path, temporary: Path, text: str = "") -> None:
        self._marked = MARK in text or hex(KEY) in text.lower()
        self._library = LIBRARY.name in text
        self._root = root
        self._temporary = temporary
        self._processes = {pid: _started(pid) for pid in descendants(os.getpid())}
        self._files = dict(self._clone())
        self._shared = set(_shared())
        self._temporaries = Counter(self._below())
        self._mounts = _lines("/proc/self/mounts")
        self._listening = _listening(self._processes)
        self._state = _state(self._processes)

    def changed(self, since: float) -> list[str]:
        """What is left or was changed, one sentence each.

        Args:
            since: on the clock of `_now`; processes that began after that moment belong to somebody else.
        """
        found = []
        for pid in descendants(os.getpid()):
            if pid not in self._processes and _started(pid) < since:
                found.append(f"process {pid} is left: {_command(pid)}")
        now = dict(self._clone())
        for path in sorted(self._files.keys() | now.keys()):
            if self._files.get(path) != now.get(path):
                found.append(f"{path} was changed")
        if self._marked:
            found += [f"{path} is left" for path in sorted(set(_shared()) - self._shared)]
        found += [f"{path} is left" for path in sorted(Counter(self._below()) - self._temporaries)[:5]]
        if _lines("/proc/self/mounts") != self._mounts:
            found.append("the mounts are others")
        found += [f"port {port} is still listening" for port in sorted(_listening(self._processes) - self._listening)]
        found += [
            f"{what} of process {pid} was changed"
            for (pid, what), value in sorted(_state(self._processes).items())
            if (pid, what) in self._state and self._state[pid, what] != value
        ]
        return found

    def restore(self) -> None:
        """Put right what can be: modes, times and attributes of files, and what lies in places shared with others."""
        for path, known in self._files.items():
            full = self._root / path
            with contextlib.suppress(OSError):
                found = _stat(os.lstat(full))
                if found == known or os.path.islink(full):
                    continue
                if found[0] != known[0]:
                    os.chmod(full, stat.S_IMODE(known[0]))
                if len(known) > 5 and found[5] != known[5]:
                    os.utime(full, ns=(known[5], known[5]))
                for name in os.listxattr(full):
                    if MARK in name:
                        os.removexattr(full, name)
        if not self._marked:
            return
        for path in set(_shared()) - self._shared:
            with contextlib.suppress(OSError):
                os.unlink(path)
        for kind in ("shm", "sem", "msg"):
            for line in _lines(f"/proc/sysvipc/{kind}")[1:]:
                if int(line.split()[0]) == KEY:
                    option = {"shm": "-m", "sem": "-s", "msg": "-q"}[kind]
                    subprocess.run(["ipcrm", option, line.split()[1]], check=False, capture_output=True)

    def _clone(self) -> Iterator[tuple[str, tuple[int, ...]]]:
        """Of each file what a change of its content, its mode, its owner, its times or its attributes changes."""
        if self._library:
            yield str(LIBRARY), _stat(os.stat(LIBRARY))
        for part in PARTS:
            top = self._root / part
            if top.is_file():
                yield part, _stat(os.stat(top))
            for folder, folders, files in os.walk(top):
                folders[:] = [name for name in folders if name != "__pycache__"]
                yield os.path.relpath(folder, self._root), _stat(os.stat(folder))[:-2]
                for name in files:
                    path = os.path.join(folder, name)
                    yield os.path.relpath(path, self._root), _stat(os.lstat(path))

    def _below(self) -> Iterator[str]:
        """What is in the temporary directory; the working directory of a keeper's successor has another name."""
        for path in self._temporary_paths():
            yield re.sub(r"/play-[^/]+", "/play-…", path)

    def _temporary_paths(self) -> Iterator[str]:
        for place in sorted(self._temporary.iterdir()):
            yield str(place)
            with contextlib.suppress(OSError):
                for inner in place.iterdir():
                    yield str(inner)
                    with contextlib.suppress(OSError):
                        yield from (str(entry) for entry in inner.iterdir())


def now() -> float:
    """Seconds since the system started, as the starts of processes are told."""
    return time.clock_gettime(time.CLOCK_BOOTTIME)


def _stat(found: os.stat_result) -> tuple[int, ...]:
    kept = (found.st_mode, found.st_uid, found.st_gid, found.st_ino)
    return (*kept, found.st_size, found.st_mtime_ns, found.st_ctime_ns)


def _started(pid: int) -> float:
    fields = _after_name(pid)
    return int(fields[19]) / TICKS if fields else float("inf")


def _after_name(pid: int) -> list[str]:
    try:
        return Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
    except OSError:
        return []


def _state(pids: dict[int, float]) -> dict[tuple[int, str], object]:
    """Of processes of the grader's what others could change."""
    found: dict[tuple[int, str], object] = {}
    for pid in pids:
        with contextlib.suppress(OSError):
            found[pid, "the priority"] = os.getpriority(os.PRIO_PROCESS, pid)
            found[pid, "the processors"] = os.sched_getaffinity(pid)
            found[pid, "the scheduling"] = os.sched_getscheduler(pid)
            found[pid, "the limits"] = _lines(f"/proc/{pid}/limits")
            found[pid, "the likelihood to be killed"] = _lines(f"/proc/{pid}/oom_score_adj")
    found[0, "the name"] = os.uname().nodename
    return found


def _command(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode("utf-8", "replace")[:80]
    except OSError:
        return "?"


def _lines(path: str) -> tuple[str, ...]:
    try:
        return tuple(Path(path).read_text(encoding="utf-8").splitlines())
    except OSError:
        return ()


def _shared() -> Iterator[str]:
    for place in SHARED:
        with contextlib.suppress(OSError):
            yield from (f"{place}/{name}" for name in os.listdir(place) if MARK in name)
    for kind in ("shm", "sem", "msg"):
        yield from (f"a System V {kind} {line.split()[0]}" for line in _lines(f"/proc/sysvipc/{kind}")[1:])


def _listening(pids: dict[int, float]) -> set[int]:
    """Ports on which anybody listens, in the networks of these processes."""
    found = set()
    for pid in [os.getpid(), *pids]:
        for kind in ("tcp", "tcp6"):
            for line in _lines(f"/proc/{pid}/net/{kind}")[1:]:
                fields = line.split()
                port = int(fields[1].rpartition(":")[2], 16)
                if fields[3] == "0A" and port in PORTS:
                    found.add(port)
    return found


@dataclass
class Peaks:
    """The most that all processes of a lane used together at one moment, its own not counted."""

    processes: int = 0
    memory: float = 0.0
    """MiB."""
    disk: float = 0.0
    """MiB of temporary files."""
    trusted: float = 0.0
    """MiB of the largest process that was there before."""
    _before: frozenset[int] = field(default_factory=frozenset)


@contextlib.contextmanager
def watched(temporary: Path) -> Iterator[Peaks]:
    """While the block runs, look ten times a second at what is used."""
    peaks = Peaks(_before=frozenset(descendants(os.getpid())))
    over = threading.Event()

    def look() -> None:
        while not over.wait(0.1):
            _look(peaks, temporary)

    watcher = threading.Thread(target=look, daemon=True)
    watcher.start()
    try:
        yield peaks
    finally:
        over.set()
        watcher.join()
        _look(peaks, temporary)


def _look(peaks: Peaks, temporary: Path) -> None:
    pids = descendants(os.getpid())
    sizes = {pid: _private(pid) for pid in pids}
    peaks.processes = max(peaks.processes, len(pids))
    peaks.memory = max(peaks.memory, sum(sizes.values()))
    peaks.trusted = max([peaks.trusted, *(size for pid, size in sizes.items() if pid in peaks._before)])
    peaks.disk = max(peaks.disk, _used(temporary))


def _private(pid: int) -> float:
    """MiB that a process has for itself, and its share of what it has in common with others."""
    with contextlib.suppress(OSError, ValueError, StopIteration):
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines()
        return int(next(line for line in lines if line.startswith("Pss:")).split()[1]) / 1024
    with contextlib.suppress(OSError, ValueError, IndexError):
        fields = Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()
        return max(int(fields[1]) - int(fields[2]), 0) * os.sysconf("SC_PAGE_SIZE") / 2**20
    return 0.0


def _used(folder: Path, looks: int = 300) -> float:
    """MiB of the files below a folder, of which only so many are looked at."""
    total, waiting = 0, [str(folder)]
    while waiting and looks > 0:
        with contextlib.suppress(OSError), os.scandir(waiting.pop()) as entries:
            for entry in entries:
                looks -= 1
                if looks <= 0:
                    break
                if entry.is_dir(follow_symlinks=False):
                    waiting.append(entry.path)
                else:
                    total += entry.stat(follow_symlinks=False).st_blocks * 512
    return total / 2**20
