"""Confinement of a played process, in layers. What the machine offers is probed once and reported by name.

Layers: ``landlock`` (files: only Python itself and the working directory; signals: none to processes outside; a kernel
before 6.12 does only a part of it, and the layer is called ``landlock4`` or the like), ``seccomp`` (system calls that
nobody needs are refused), ``user`` (where the grader is root: played by nobody's user), ``rlimits`` (memory, processor
time, file size, core files), ``netns`` (no network but an own loopback), ``ipcns`` (no shared memory with others, a
host name of its own), ``pidns`` and ``mntns`` (no processes and no files of others to be seen; a bounded working
directory in memory), ``reaper`` (processes that left the group are found and ended). Always: clean environment, empty
working directory, closed descriptors, a session of its own, and no capabilities.
"""

from __future__ import annotations

import os
import signal
import socket
import struct
import sys
import sysconfig
import tempfile
import zlib
from collections.abc import Callable, Iterable
from pathlib import Path

from kata.contract.request import Limits
from kata.sandbox import landlock, linux, quarters, seccomp, user
from kata.sandbox.bounds import TASKS

try:
    import resource
except ImportError:  # Windows
    resource = None  # type: ignore[assignment]

_SIOCGIFFLAGS = 0x8913
_SIOCSIFFLAGS = 0x8914
_IFF_UP = 0x1

MAX_FILE = 16 * 1024 * 1024

MAX_ADDRESSES = 8 << 30
"""Bytes of addresses of one process: memory that it shares with others is held back by nothing else."""

COMPLETE = 6
"""The version of Landlock (Linux 6.12) that holds back signals too; of older ones the layer's name tells the number."""

_APART = linux.NEWIPC | linux.NEWUTS
_QUARTERS = _APART | linux.NEWPID | linux.NEWNS


class Confinement:
    """What this machine can do. Made once in the zygote, before the first play; each keeper has a copy of its own."""

    def __init__(self) -> None:
        self.layers: list[str] = []
        self.user: int | None = None
        """Who plays, where the grader is root."""
        self.folders: list[str] = []
        self.settled = False
        self._files: landlock.Ruleset | None = None
        self._filters: dict[bool, seccomp.Filter] = {}
        self._landlock = self._seccomp = self._own_user = self._counted = self._network = False
        self._namespaces = 0
        if sys.platform == "linux":
            self._probe()
        elif resource is not None:
            self.layers.append("rlimits")

    def _probe(self) -> None:
        network = self._network = _isolate_network()
        self._counted = network and os.geteuid() != 0  # in a user namespace of its own
        linux.prctl(linux.SET_DUMPABLE, 0)
        self._namespaces = next((flags for flags in (_QUARTERS, _APART) if _separates(flags)), 0)
        self._landlock = _landlock_works()
        if self._landlock:
            abi = landlock.version()
            self.layers.append("landlock" if abi >= COMPLETE else f"landlock{abi}")
        self._seccomp = _seccomp_works()
        if self._seccomp:
            self.layers.append("seccomp")
        self._own_user = os.geteuid() == 0 and _users_work(self._namespaces == _QUARTERS)
        if self._own_user:
            self.layers.append("user")
        if resource is not None:
            self.layers.append("rlimits")
        if network:
            self.layers.append("netns")
        if self._namespaces:
            self.layers.append("ipcns")
        if self.quarters:
            self.layers += ["pidns", "mntns"]
        if _in_a_child(lambda: 0 if self.adopt_orphans() else 1):
            self.layers.append("reaper")

    @property
    def name(self) -> str:
        """The layers, for the scorecard: ``landlock+seccomp+rlimits+netns+reaper``, or ``none``."""
        return "+".join(self.layers) or "none"

    @property
    def quarters(self) -> bool:
        """True where a keeper is the first process of a namespace, with a root directory of its own."""
        return self._namespaces == _QUARTERS

    def adopt_orphans(self) -> bool:
        """Processes that lose their parent become this process's children; not inherited by forks."""
        return sys.platform == "linux" and linux.prctl(linux.SET_CHILD_SUBREAPER, 1)

    def separate(self) -> None:
        """Leave the namespaces that can be left; of processes, this holds for the next one that is started."""
        if self._namespaces:
            linux.unshare(self._namespaces)
        if self._network:
            linux.unshare(linux.NEWNET)
            _raise_loopback()

    def remembers(self) -> bool:
        """True when connections of a play are still known to its network: one that is played later could see them."""
        return self._network and any(map(_connections, ("/proc/net/sockstat", "/proc/net/sockstat6")))

    def settle(self, directory: str, folders: list[str]) -> None:
        """In a keeper: make ready what all plays need, for good.

        Args:
            directory: in which each play gets a working directory; empty.
            folders: for scripts, directories that they may read besides; the first is theirs. They may also read
                installed packages, and use shared memory, as process pools do.
        """
        self.settled, self.folders = True, folders
        if sys.platform != "linux":
            return
        readable = _wanted(folders)
        if self._own_user:
            self.user = os.stat(folders[0]).st_uid if folders else user.free(zlib.crc32(directory.encode()))
        if self.quarters and "/" not in map(os.path.realpath, folders):
            elsewhere = [path for path in readable if not path.startswith("/proc/")]  # it gets a /proc of its own
            quarters.move_in(directory, elsewhere, shared_memory=bool(folders))
        linux.drop_privileged_programs()
        if self._landlock:
            shared = ["/dev/shm"] if folders and os.path.exists("/dev/shm") else []
            self._files = landlock.Ruleset(_outermost(readable), ["/dev/null", *shared])
        if self._seccomp:
            self._filters = {True: seccomp.Filter(), False: seccomp.Filter(judged=False)}

    def own(self, directory: str) -> None:
        """Give a new working directory to whom will play in it."""
        if self.user is not None:
            os.chown(directory, self.user, self.user)

    def enter(self, limits: Limits, directory: str) -> None:
        """Confine the calling process for good.

        Args:
            limits: what the play may use.
            directory: the only one in which it may write.
        """
        if resource is not None:
            _limit(resource.RLIMIT_CPU, limits.cpu, limits.cpu + 1)
            _limit(resource.RLIMIT_DATA, limits.memory, limits.memory)
            _limit(resource.RLIMIT_AS, MAX_ADDRESSES, MAX_ADDRESSES)
            _limit(resource.RLIMIT_FSIZE, MAX_FILE, MAX_FILE)
            _limit(resource.RLIMIT_CORE, 0, 0)
            _limit(resource.RLIMIT_NOFILE, 256, 256)
            if self.user or self._counted:
                _limit(resource.RLIMIT_NPROC, TASKS, TASKS)
        if sys.platform != "linux":
            return
        if self._files is not None:
            self._files.enforce(_OWN, [directory])
        user.become(self.user)
        if self._seccomp:
            self._filters[not self.folders].enforce()


def _limit(which: int, soft: int, hard: int) -> None:
    _, ceiling = resource.getrlimit(which)
    if ceiling != resource.RLIM_INFINITY:
        soft, hard = min(soft, ceiling), min(hard, ceiling)
    resource.setrlimit(which, (soft, hard))


_FOR_SCRIPTS = (
    "/etc/passwd",
    "/etc/group",
    "/etc/nsswitch.conf",
    "/etc/hostname",
    "/etc/os-release",
    "/etc/resolv.conf",
    "/etc/ssl/openssl.cnf",
    "/proc/cpuinfo",
    "/proc/loadavg",
    "/proc/meminfo",
    "/proc/stat",
    "/proc/uptime",
    "/proc/version",
)
"""What the standard library and packages look up about the machine; a script is its user's own."""


def _wanted(folders: Iterable[str] = ()) -> list[str]:
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
        "/etc/alternatives",
    ]
    single = [
        "/etc/localtime",
        "/etc/hosts",
        "/etc/ld.so.cache",
        "/etc/mime.types",
        "/etc/protocols",
        "/etc/services",
        "/dev/null",
        "/dev/zero",
        "/dev/urandom",
        "/dev/random",
    ]
    script = [*folders, *map(sysconfig.get_path, ("purelib", "platlib")), *_FOR_SCRIPTS] if folders else []
    return [path for path in [*stdlib, *venv, *bases, *system, *single, *script] if os.path.exists(path)]


def readable_paths() -> list[str]:
    """The same without what lies below another one."""
    return _outermost(_wanted())


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


def _landlock_works() -> bool:
    def probe() -> int:
        landlock.Ruleset(readable_paths(), ["/dev/null"]).enforce(_OWN)
        try:
            os.listdir(str(Path(__file__).parent))
        except PermissionError:
            return 0
        return 1

    return landlock.version() > 0 and _in_a_child(probe)


def _seccomp_works() -> bool:
    def probe() -> int:
        seccomp.Filter().enforce()
        try:
            os.chmod(os.devnull, 0o666)
        except PermissionError:
            return 0
        return 1

    return seccomp.supported() and _in_a_child(probe)


def _users_work(own_quarters: bool) -> bool:
    """True when nobody's user gets at Python."""

    def probe() -> int:
        user.become(user.free(os.getpid()))
        if own_quarters:  # which leads there, whatever lies on the way
            return 0
        os.listdir(os.path.dirname(os.__file__))
        return 0 if os.access(sys.executable, os.X_OK) and os.access(os.__file__, os.R_OK) else 1

    return _in_a_child(probe)


def _separates(flags: int) -> bool:
    """True when a process can live in namespaces of its own, with what belongs to it."""

    def first() -> int:
        with tempfile.TemporaryDirectory() as directory:
            pass
        os.mkdir(directory)
        quarters.move_in(directory, _wanted())
        os.listdir(os.path.dirname(os.__file__))
        return 0 if os.access(sys.executable, os.X_OK) and os.getpid() == 1 and os.path.exists("/proc/1") else 1

    def probe() -> int:
        linux.unshare(flags)
        return 0 if not flags & linux.NEWPID or _in_a_child(first) else 1

    return _in_a_child(probe)


def _isolate_network() -> bool:
    """Move this process to a network of its own with a working loopback, if that is possible."""
    who = os.geteuid(), os.getegid()
    flags = linux.NEWNET if who[0] == 0 else linux.NEWUSER | linux.NEWNET

    def own_network() -> int:
        linux.unshare(flags)
        if flags & linux.NEWUSER:
            for name, text in (
                ("setgroups", "deny"),
                ("uid_map", f"{who[0]} {who[0]} 1"),
                ("gid_map", f"{who[1]} {who[1]} 1"),
            ):
                Path(f"/proc/self/{name}").write_text(text)
        return 0 if _loopback_works() else 1

    return _in_a_child(own_network) and own_network() == 0


def _connections(table: str) -> int:
    """Sockets in use and in TIME_WAIT by a table of counts; a list of them would take milliseconds."""
    try:
        with open(table, "rb") as lines:
            words = next((line.split() for line in lines if line.startswith((b"TCP:", b"TCP6:"))), [])
    except OSError:
        return 0
    return sum(int(number) for name, number in zip(words[1::2], words[2::2], strict=False) if name in (b"inuse", b"tw"))


def _raise_loopback() -> None:
    import fcntl

    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as control:
        answer = fcntl.ioctl(control, _SIOCGIFFLAGS, struct.pack("16sh14x", b"lo", 0))
        flags = struct.unpack("16sh14x", answer)[1] | _IFF_UP
        fcntl.ioctl(control, _SIOCSIFFLAGS, struct.pack("16sh14x", b"lo", flags))


def _loopback_works() -> bool:
    try:
        _raise_loopback()
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
        linux.prctl(linux.SET_PDEATHSIG, signal.SIGKILL)


def _in_a_child(probe: Callable[[], int]) -> bool:
    """Try something irreversible in a process of its own: True when ``probe`` returned 0 there."""
    pid = os.fork()
    if pid == 0:
        code = 2
        try:
            code = probe()
        except OSError:
            pass
        finally:
            os._exit(code)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 0
