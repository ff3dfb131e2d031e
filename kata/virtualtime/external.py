"""What beyond the clock could still wake an event loop: processes, sockets, pools, signals.

Asks the system about descriptors, alarms and child processes. It knows neither loops nor clocks.
"""

from __future__ import annotations

import contextlib
import enum
import glob
import os
import signal
import socket
import struct
import sys
import threading
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

__all__ = [
    "GRACE",
    "STALL",
    "Outside",
    "Source",
    "alarm_set",
    "at_work",
    "children",
    "listen",
    "process_pools",
    "process_pools_busy",
    "processes_started",
    "sockets",
    "ticking_alarms",
    "unsent_bytes",
    "watch_for_processes",
]

GRACE = 0.01
"""Real seconds of silence after which sockets between two ends in this process count as idle."""

STALL = 0.5
"""Real seconds for which bytes that the system holds back are waited for; TCP's delayed answers take up to 0.2."""

_SIOCOUTQNSD = 0x894B


class Source(enum.IntEnum):
    """Where the next event could come from, apart from the clock; the farthest has the highest number."""

    NOWHERE = 0
    LISTENING = 1
    """Only sockets that wait for somebody to connect."""
    NEARBY = 2
    """Connections whose two ends are both in this process: what was sent arrives at once."""
    ELSEWHERE = 3
    """A process, a peer, a pool or a timer of the system: it lives in real time."""


_getitimer = getattr(signal, "getitimer", None)
_REAL = getattr(signal, "ITIMER_REAL", 0)


def ticking_alarms() -> dict[int, Any]:
    """The system's alarm timer if it runs now, with the handler of its signal."""
    if _getitimer is None or _getitimer(_REAL)[0] <= 0:
        return {}
    return {_REAL: signal.getsignal(signal.SIGALRM)}


def alarm_set(before: dict[int, Any]) -> bool:
    """True when the program set an alarm: one that ran ``before`` it, handler and all, is somebody else's.

    pytest-timeout's watch over a test, for one, must not make virtual time pass in real time.
    """
    if _getitimer is None or _getitimer(_REAL)[0] <= 0:
        return False
    return any(timer not in before or before[timer] is not handler for timer, handler in ticking_alarms().items())


def process_pools() -> Mapping[Any, Any]:
    """The threads that manage process pools, by weak reference; empty when there is no pool."""
    module = sys.modules.get("concurrent.futures.process")
    if module is None:
        return {}
    pools: Mapping[Any, Any] = module._threads_wakeups.data
    return pools


def process_pools_busy() -> bool:
    """True while a process pool has work that is not done."""
    return any(getattr(reference(), "pending_work_items", None) for reference in list(process_pools()))


def sockets(watched: Iterable[int], others: Iterable[int] = (), *, alone: bool = False) -> Source:
    """The farthest place from which a descriptor could bring something.

    Args:
        watched: the descriptors that wake a loop or a thread.
        others: those that do not at the moment, and may be the other end of something.
        alone: whether no other process is there that could have the other end.
    """
    found = Source.NOWHERE
    ends: Counter[tuple[Any, Any, Any]] = Counter()
    listening: set[Any] = set()
    wanted: set[Any] = set()
    waking = set(watched)
    for descriptor in waking.union(others):
        source, end = _look_at(descriptor, alone)
        if descriptor in waking:
            found = max(found, source)
            wanted.add(end)
        if source is Source.LISTENING:
            listening.add(end[1])
        elif source is Source.NEARBY:
            ends[end] += 1
    if found is Source.NEARBY and not alone and not _all_paired(wanted, ends, listening):
        return Source.ELSEWHERE
    return found


def listen(watched: Iterable[Any], *, alone: bool = False) -> bool:
    """True when one of these descriptors waits for somebody to connect, or to send a datagram; ``alone`` as above."""
    return any(_look_at(descriptor, alone)[0] is Source.LISTENING for descriptor in list(watched))


def _all_paired(wanted: set[Any], ends: Counter[Any], listening: set[Any]) -> bool:
    """True when the other end of each wanted connection is there too, or waits to be accepted."""
    for family, name, peer in wanted:
        count = ends[family, name, peer]
        if family is None or peer in listening:
            continue
        if count % 2 if name == peer else ends[family, peer, name] != count:
            return False
    return True


def _look_at(descriptor: int, alone: bool = False) -> tuple[Source, tuple[Any, Any, Any]]:
    """Where the other end of a descriptor is; its family (None where that says nothing), own and peer's address."""
    nothing = (None, None, None)
    try:
        sock = socket.socket(fileno=descriptor)
    except OSError:  # a pipe or another device
        return (Source.NEARBY if alone else Source.ELSEWHERE), nothing
    try:
        if sock.getsockopt(socket.SOL_SOCKET, socket.SO_ACCEPTCONN):
            return Source.LISTENING, (None, sock.getsockname(), None)
        if alone and sock.type == socket.SOCK_DGRAM and sock.family in (socket.AF_INET, socket.AF_INET6):
            return Source.LISTENING, nothing  # what its peer in this process has sent is there already
        source = _unix_peer(sock) if sock.family == getattr(socket, "AF_UNIX", None) else Source.NEARBY
        return source, (sock.family, sock.getsockname(), sock.getpeername())
    except OSError:  # not connected: a connection is being made, or a datagram socket listens
        return (Source.LISTENING if sock.type == socket.SOCK_DGRAM else Source.ELSEWHERE), nothing
    finally:
        sock.detach()


def _unix_peer(sock: socket.socket) -> Source:
    option = getattr(socket, "SO_PEERCRED", None)
    if option is None:
        return Source.NEARBY
    pid, _, _ = struct.unpack("3i", sock.getsockopt(socket.SOL_SOCKET, option, struct.calcsize("3i")))
    return Source.NEARBY if pid in (0, os.getpid()) else Source.ELSEWHERE


def unsent_bytes(descriptors: Iterable[int]) -> bool:
    """True while the system holds back bytes that were written to one of these sockets (Nagle's algorithm).

    tcp(7), SIOCOUTQNSD: a connection without TCP_NODELAY sends a small piece only once the one before is answered,
    which the other end may put off for some 40 ms. Elsewhere than on Linux nobody tells.
    """
    if sys.platform != "linux":
        return False
    import fcntl

    for descriptor in descriptors:
        try:
            if struct.unpack("i", fcntl.ioctl(descriptor, _SIOCOUTQNSD, bytes(4)))[0] > 0:
                return True
        except OSError:  # no connected TCP socket
            continue
    return False


class _Processes:
    """Whether this process has started any, as far as somebody asked to be told."""

    started = False


_STARTS = frozenset({"os.fork", "os.forkpty", "os.posix_spawn", "subprocess.Popen"})


def watch_for_processes() -> None:
    """From now on `processes_started` tells, for good. Asking the system in each turn of a loop would cost too much."""

    def audit(event: str, args: tuple[Any, ...]) -> None:
        if event in _STARTS:
            _Processes.started = True

    sys.addaudithook(audit)


def processes_started() -> bool:
    """True once this process has started another one, after `watch_for_processes`."""
    return _Processes.started


def at_work(before: frozenset[int]) -> bool:
    """True while a process works that this one has started since; those that wait for orders of a pool do not count."""
    idle = {pid for reference in list(process_pools()) for pid in getattr(reference(), "processes", None) or ()}
    for name, attributes in (
        ("resource_tracker", ("_resource_tracker", "_pid")),
        ("forkserver", ("_forkserver", "_forkserver_pid")),
    ):
        found: Any = sys.modules.get(f"multiprocessing.{name}")
        for attribute in attributes:
            found = getattr(found, attribute, None)
        idle.add(found)
    return bool(children() - before - idle)


def children() -> frozenset[int]:
    """The child processes of this process that have not ended; empty where the system does not list them."""
    if not hasattr(os, "waitid"):
        return frozenset()
    try:
        os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOHANG | os.WNOWAIT)
    except OSError:  # there are none
        return frozenset()
    found: set[int] = set()
    for listing in glob.glob("/proc/self/task/*/children"):
        with contextlib.suppress(OSError), open(listing, "rb") as pids:
            found.update(map(int, pids.read().split()))
    return frozenset(pid for pid in found if _alive(pid))


def _alive(pid: int) -> bool:
    try:
        return os.waitid(os.P_PID, pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is None
    except OSError:
        return False


class Outside:
    """What lives in real time beside a clock: processes that the program starts, and alarms that it sets."""

    def __init__(self) -> None:
        self.alarms: dict[int, Any] = {}
        """The system's alarms that ran before, with their handlers."""
        self.children: frozenset[int] = frozenset()
        """The child processes that were alive before; they tell nothing about the program."""
        self._rings = False

    def begin(self) -> None:
        """What is there now is somebody else's."""
        self.alarms, self.children = ticking_alarms(), children()

    def processes(self) -> bool:
        """True while a process lives that this one has started since."""
        return bool(children() - self.children)

    def works(self) -> bool:
        """True while a process has something to do, an alarm runs, or one has run out and was not answered yet."""
        if alarm_set(self.alarms):
            self._rings = True
        elif self._rings and threading.current_thread() is threading.main_thread():
            self._rings = False  # a signal's handler runs in this thread, before anything else does
        return self._rings or process_pools_busy() or (processes_started() and at_work(self.children))
