"""Confinement of a played process, in layers. What the machine offers is probed once and reported by name.

Layers: ``landlock`` (files: only Python itself and the working directory; signals: none to processes outside; a kernel
before 6.12 does only a part of it, and the layer is called ``landlock4`` or the like), ``netns`` (no network but an own
loopback), ``rlimits`` (memory, processor time, file size, core files), ``reaper`` (processes that left the group are
found and ended). Always: clean environment, empty working directory, closed descriptors, a session of its own.
"""

from __future__ import annotations

import ctypes
import os
import signal
import socket
import struct
import sys
import sysconfig
from collections.abc import Callable, Iterable
from pathlib import Path

from kata.contract.request import Limits
from kata.sandbox import landlock

try:
    import resource
except ImportError:  # Windows
    resource = None  # type: ignore[assignment]

_CLONE_NEWUSER = 0x10000000
_CLONE_NEWNET = 0x40000000
_PR_SET_PDEATHSIG = 1
_PR_SET_DUMPABLE = 4
_PR_SET_CHILD_SUBREAPER = 36
_SIOCGIFFLAGS = 0x8913
_SIOCSIFFLAGS = 0x8914
_IFF_UP = 0x1

MAX_FILE = 16 * 1024 * 1024

COMPLETE = 6
"""The version of Landlock (Linux 6.12) that holds back signals too; of older ones the layer's name tells the number."""


class Confinement:
    """What this machine can do; made once in the zygote, before the first play."""

    def __init__(self) -> None:
        self.layers: list[str] = []
        self._files: landlock.Ruleset | None = None
        self._landlock = _landlock_works()
        if self._landlock:
            abi = landlock.version()
            self.layers.append("landlock" if abi >= COMPLETE else f"landlock{abi}")
        if resource is not None:
            self.layers.append("rlimits")
        if _isolate_network():
            self.layers.append("netns")
        if sys.platform == "linux":
            _prctl(_PR_SET_DUMPABLE, 0)
            if self.adopt_orphans():
                self.layers.append("reaper")

    @property
    def name(self) -> str:
        """The layers, for the scorecard: ``landlock+rlimits+netns+reaper``, or ``none``."""
        return "+".join(self.layers) or "none"

    def adopt_orphans(self) -> bool:
        """Processes that lose their parent become this process's children; not inherited by forks."""
        return sys.platform == "linux" and _prctl(_PR_SET_CHILD_SUBREAPER, 1)

    def prepare(self, directory: str) -> None:
        """Make ready what all plays in ``directory`` need."""
        if self._landlock:
            self._files = _files(directory)

    def enter(self, limits: Limits, folder: str = "") -> None:
        """Confine the calling process for good; files can be written only below the directory that was prepared.

        Args:
            limits: what the play may use.
            folder: for a script, a directory that it may read besides. Scripts may also read installed packages, and
                use shared memory, as process pools do.
        """
        if resource is not None:
            _limit(resource.RLIMIT_CPU, limits.cpu, limits.cpu + 1)
            _limit(resource.RLIMIT_DATA, limits.memory, limits.memory)
            _limit(resource.RLIMIT_FSIZE, MAX_FILE, MAX_FILE)
            _limit(resource.RLIMIT_CORE, 0, 0)
            _limit(resource.RLIMIT_NOFILE, 256, 256)
        if self._files is not None:
            readable = [*_OWN]
            writable: list[str] = []
            if folder:
                readable += filter(os.path.exists, [folder, *map(sysconfig.get_path, ("purelib", "platlib"))])
                writable += filter(os.path.exists, ["/dev/shm"])
            self._files.enforce(readable, writable)


def _limit(which: int, soft: int, hard: int) -> None:
    _, ceiling = resource.getrlimit(which)
    if ceiling != resource.RLIM_INFINITY:
        soft, hard = min(soft, ceiling), min(hard, ceiling)
    resource.setrlimit(which, (soft, hard))


def readable_paths() -> list[str]:
    """What a played process may read: Python, the system's libraries and programs, time zones, and /dev/null."""
    stdlib = [sysconfig.get_path(name) for name in ("stdlib", "platstdlib")]
    venv = [os.path.join(sys.prefix, "pyvenv.cfg"), os.path.join(sys.prefix, "bin")]
    bases = [os.path.join(sys.base_prefix, name) for name in ("bin", "lib")]
    system = [
        "/bin",
        "/usr/bin",
        "/lib",
        "/lib64",
        "/usr/lib",
        "/usr/lib64",
        "/usr/share/zoneinfo",
        "/etc/ssl/certs",
    ]
    single = [
        "/etc/localtime",
        "/etc/hosts",
        "/etc/ld.so.cache",
        "/dev/null",
        "/dev/zero",
        "/dev/urandom",
        "/dev/random",
    ]
    return _outermost(path for path in [*stdlib, *venv, *bases, *system, *single] if os.path.exists(path))


def _outermost(paths: Iterable[str]) -> list[str]:
    """The same places with fewer paths: what lies below another one, or is a link to it, adds nothing but cost."""
    real = sorted({os.path.realpath(path) for path in paths})
    kept: list[str] = []
    for path in real:
        if not any(path.startswith(f"{other}/") for other in kept):
            kept.append(path)
    return kept


_OWN = ("/proc/self",)
"""Opened by each play for itself: how busy its threads are."""


def _files(directory: str) -> landlock.Ruleset:
    """Where a play may read, and that it may write below ``directory``."""
    return landlock.Ruleset(readable_paths(), [directory, "/dev/null"])


def _landlock_works() -> bool:
    def probe() -> int:
        _files("/dev/null").enforce(_OWN)
        try:
            os.listdir(str(Path(__file__).parent))
        except PermissionError:
            return 0
        return 1

    return landlock.version() > 0 and _in_a_child(probe)


def _isolate_network() -> bool:
    """Move this process to a network of its own with a working loopback, if that is possible."""
    if sys.platform != "linux":
        return False
    flags = _CLONE_NEWNET if os.geteuid() == 0 else _CLONE_NEWUSER | _CLONE_NEWNET

    def own_network() -> int:
        return 0 if _unshare(flags) and _loopback_up() else 1

    return _in_a_child(own_network) and own_network() == 0


def _unshare(flags: int) -> bool:
    return bool(ctypes.CDLL(None, use_errno=True).unshare(flags) == 0)


def _loopback_up() -> bool:
    import fcntl

    try:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as control:
            answer = fcntl.ioctl(control, _SIOCGIFFLAGS, struct.pack("16sh14x", b"lo", 0))
            flags = struct.unpack("16sh14x", answer)[1] | _IFF_UP
            fcntl.ioctl(control, _SIOCSIFFLAGS, struct.pack("16sh14x", b"lo", flags))
        with (
            socket.create_server(("127.0.0.1", 0)) as server,
            socket.create_connection(server.getsockname(), 1),
        ):
            return True
    except OSError:
        return False


def die_with_parent() -> None:
    """Where the system can do that (Linux), this process is killed when its parent ends."""
    if sys.platform == "linux":
        _prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


def _prctl(option: int, value: int) -> bool:
    return bool(ctypes.CDLL(None, use_errno=True).prctl(option, value, 0, 0, 0) == 0)


def _in_a_child(probe: Callable[[], int]) -> bool:
    """Try something irreversible in a process of its own: True when ``probe`` returned 0 there."""
    pid = os.fork()
    if pid == 0:
        code = 2
        try:
            code = probe()
        finally:
            os._exit(code)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 0
