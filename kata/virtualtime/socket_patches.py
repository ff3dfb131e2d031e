"""Sockets and selectors of threads on virtual time: what blocks in them while a clock is active.

Replaces, for the whole process and for good, the methods of `socket.socket` that wait, and `select` of every selector
in `selectors`. A thread on the clock that would block there waits for its turn, so that the order does not depend on
when the system wakes it, and the timeouts of sockets are virtual seconds. Without an active clock, in a thread that
no clock knows, and on sockets that do not block, as those of event loops, they do what they always did.
"""

from __future__ import annotations

import errno
import functools
import os
import select
import selectors
import socket
from collections.abc import Callable, Iterable
from typing import Any

from kata.virtualtime.active import active_scheduler
from kata.virtualtime.arrivals import wait_for_arrivals
from kata.virtualtime.clock import to_ns
from kata.virtualtime.party import Party
from kata.virtualtime.scheduler import Scheduler
from kata.virtualtime.thread_patches import blocking, lives_in_real_time

__all__ = ["install"]

_RECEIVING = ("accept", "recv", "recv_into", "recvfrom", "recvfrom_into", "recvmsg", "recvmsg_into")
_SENDING = ("send", "sendall")
_SELECTORS = ("SelectSelector", "PollSelector", "EpollSelector", "DevpollSelector", "KqueueSelector")

_real_poll: Any = getattr(select, "poll", None)
_real_select = select.select
_real_connect = socket.socket.connect
_real_connect_ex = socket.socket.connect_ex
_real_send = socket.socket.send


def install() -> None:
    """Put the replacements in place; once is enough."""
    if _real_poll is not None and hasattr(socket, "MSG_DONTWAIT"):
        for name in _RECEIVING:
            if hasattr(socket.socket, name):
                setattr(socket.socket, name, _receiving(getattr(socket.socket, name), f"socket.{name}"))
        for name, sending in (("send", _send), ("sendall", _sendall), ("connect", _connect)):
            setattr(socket.socket, name, functools.wraps(getattr(socket.socket, name))(sending))
    for name in _SELECTORS:
        kind = getattr(selectors, name, None)
        if kind is not None:
            kind.select = _selecting(kind.select)
    select.select = functools.wraps(_real_select)(_select)


def _on_the_clock() -> tuple[Scheduler, Party] | None:
    """The active scheduler and the calling thread's party, if it has one and does not wait in real time."""
    scheduler = active_scheduler()
    party = scheduler.current() if scheduler is not None else None
    return None if scheduler is None or party is None or lives_in_real_time() else (scheduler, party)


def _deadline(scheduler: Scheduler, timeout: float | None) -> int | None:
    return None if timeout is None else scheduler.clock.now_ns + to_ns(max(timeout, 0.0))


class _Call:
    """One call of a socket's method that may block."""

    def __init__(self, scheduler: Scheduler, party: Party, sock: socket.socket, name: str) -> None:
        self.timeout = sock.gettimeout()
        self._scheduler, self._party, self._sock, self._name = scheduler, party, sock, name
        self._deadline = _deadline(scheduler, self.timeout)

    @classmethod
    def on(cls, sock: socket.socket, name: str) -> _Call | None:
        """None when it does not block, or not on a clock."""
        here = _on_the_clock() if sock.gettimeout() != 0 else None
        return cls(*here, sock, name) if here is not None and sock.fileno() >= 0 else None

    def wait(self, events: int) -> None:
        """Until the socket is ready for that.

        Raises:
            TimeoutError: its timeout has passed, from the beginning of the call.
        """
        poller = _real_poll()
        descriptor = self._sock.fileno()
        poller.register(descriptor, events)

        def ready() -> bool:
            # A socket that another thread has closed wakes nobody, whoever has its number now.
            return self._sock.fileno() == descriptor and bool(poller.poll(0))

        with blocking(self._scheduler, self._party, self._name):
            if not wait_for_arrivals(self._scheduler, self._party, ready, [descriptor], self._deadline):
                raise TimeoutError("timed out")


def _receiving(method: Callable[..., Any], name: str) -> Callable[..., Any]:
    @functools.wraps(method)
    def receiving(self: socket.socket, *args: Any, **kwargs: Any) -> Any:
        call = _Call.on(self, name)
        if call is not None:
            call.wait(select.POLLIN)
        return method(self, *args, **kwargs)

    return receiving


def _send(self: socket.socket, data: Any, flags: int = 0, /) -> int:
    call = _Call.on(self, "socket.send")
    if call is None:
        return _real_send(self, data, flags)
    if call.timeout is not None:
        call.wait(select.POLLOUT)
        return _real_send(self, data, flags)
    return _send_all(self, call, data, flags)


def _sendall(self: socket.socket, data: Any, flags: int = 0, /) -> None:
    call = _Call.on(self, "socket.sendall")
    if call is None:
        return socket.socket.sendall.__wrapped__(self, data, flags)  # type: ignore[attr-defined,no-any-return]
    _send_all(self, call, data, flags)
    return None


def _send_all(sock: socket.socket, call: _Call, data: Any, flags: int) -> int:
    """What a blocking socket does: it returns when the system has taken everything."""
    with memoryview(data) as whole, whole.cast("B") as view:
        sent = 0
        while sent < len(view):
            call.wait(select.POLLOUT)
            try:
                sent += _real_send(sock, view[sent:], flags | socket.MSG_DONTWAIT)
            except BlockingIOError:
                continue
        return sent


def _connect(self: socket.socket, address: Any, /) -> None:
    call = _Call.on(self, "socket.connect")
    if call is None or self.family not in (socket.AF_INET, socket.AF_INET6):
        return _real_connect(self, address)
    self.setblocking(False)
    try:
        code = _real_connect_ex(self, address)
        if code == errno.EINPROGRESS:
            call.wait(select.POLLOUT)
            code = self.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
    finally:
        self.settimeout(call.timeout)
    if code:
        raise OSError(code, os.strerror(code))
    return None


def _selecting(method: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(method)
    def selecting(self: Any, timeout: float | None = None) -> Any:
        here = _on_the_clock() if timeout is None or timeout > 0 else None
        if here is None:
            return method(self, timeout)
        scheduler, party = here
        with blocking(scheduler, party, "selectors.select"):
            wait_for_arrivals(
                scheduler, party, lambda: bool(method(self, 0)), list(self._fd_to_key), _deadline(scheduler, timeout)
            )
        return method(self, 0)

    return selecting


def _select(rlist: Iterable[Any], wlist: Iterable[Any], xlist: Iterable[Any], timeout: float | None = None, /) -> Any:
    here = _on_the_clock() if timeout is None or timeout > 0 else None
    sets = list(rlist), list(wlist), list(xlist)
    if here is None:
        return _real_select(*sets, timeout)
    scheduler, party = here
    descriptors = [each if isinstance(each, int) else each.fileno() for chosen in sets for each in chosen]
    with blocking(scheduler, party, "select.select"):
        wait_for_arrivals(
            scheduler, party, lambda: any(_real_select(*sets, 0)), descriptors, _deadline(scheduler, timeout)
        )
    return _real_select(*sets, 0)
