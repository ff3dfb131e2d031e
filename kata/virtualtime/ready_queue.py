"""The ready queue of a loop that is watched: it tells when a callback is put in, why, and when one is taken out.

It is the loop's own queue, in the loop's own order, so that what it tells cannot differ from what the loop does.
"""

from __future__ import annotations

import asyncio
import sys
import types
from bisect import bisect_left, insort
from collections import deque
from itertools import islice
from typing import Any, Protocol

from kata.contract.turns import Waiting, Why
from kata.virtualtime.asyncio_names import EVENTS, PIPE_READERS

__all__ = ["Cause", "ReadyQueue", "Watcher", "reads_its_pipe"]

Cause = tuple[Why, str]
"""Why a callback was put into the queue, and of what."""

LOOKED_AT = 1000
"""Handles of a queue that are looked at; of those behind them all are counted."""

BY_ITSELF: Cause = ("call_soon", "")
A_TIMER: Cause = ("timer", "")

_Pending = tuple[int, int, Waiting, Cause]
"""The instant of a timer and its place in it, what it is, and the cause that it will be."""


class Watcher(Protocol):
    """Who is told of what happens to a `ReadyQueue`."""

    def queued(self, queue: ReadyQueue, handle: Any, event: bool) -> Cause:
        """A callback is put in; ``event`` says that a socket or a signal did it. Gives why, which `taken` is told."""

    def taken(self, queue: ReadyQueue, handle: Any, cause: Cause) -> None:
        """The loop takes out a callback that was not cancelled, and calls it next."""


class ReadyQueue(deque[Any]):
    """Takes the place of the ready queue of ``loop``, with the timers that are pending there.

    Args:
        loop: a loop; one on virtual time also tells of its timers.
        watcher: who is told.
    """

    def __init__(self, loop: Any, watcher: Watcher) -> None:
        super().__init__(loop._ready)
        self.loop = loop
        self.watcher = watcher
        self._causes: dict[int, Cause] = {}
        self._pending: list[_Pending] = []
        loop._ready = self

    def append(self, handle: Any, /) -> None:
        event = sys._getframe(1).f_code is EVENTS
        self._causes[id(handle)] = self.watcher.queued(self, handle, event)
        super().append(handle)

    def popleft(self) -> Any:
        handle = super().popleft()
        cause = self._causes.pop(id(handle), BY_ITSELF)
        if not handle._cancelled:
            self.watcher.taken(self, handle, cause)
        return handle

    def clear(self) -> None:
        """The loop closes."""
        self._causes.clear()
        self._pending.clear()
        super().clear()

    def first(self, most: int) -> tuple[list[Any], int]:
        """The first handles that will do something, in order, and how many handles stand behind them."""
        looked_at = list(islice(self, LOOKED_AT))  # at once, as threads may put others in
        shown = [handle for handle in looked_at if not (handle._cancelled or reads_its_pipe(handle))]
        return shown[:most], max(len(shown) - most, 0) + len(self) - len(looked_at)

    # Timers --------------------------------------------------------------------------------------------------

    def timer_set(self, timer: Any, waiting: Waiting, cause: Cause) -> None:
        """A timer is pending from now on; ``cause`` will have put its callback into the queue."""
        insort(self._pending, (timer.ns, timer.order, waiting, cause), key=_place)

    def timer_gone(self, timer: asyncio.TimerHandle) -> Cause:
        """A timer is pending no longer. Gives its cause; a general one for a timer of which nobody told."""
        ns, order = getattr(timer, "ns", None), getattr(timer, "order", None)
        if ns is None or order is None:
            return A_TIMER
        index = bisect_left(self._pending, (ns, order), key=_place)
        if index < len(self._pending) and _place(self._pending[index]) == (ns, order):
            return self._pending.pop(index)[3]
        return A_TIMER

    def timers(self, most: int) -> tuple[list[Waiting], int]:
        """The timers that are due first, and how many more there are."""
        return [waiting for _, _, waiting, _ in self._pending[:most]], max(len(self._pending) - most, 0)


def reads_its_pipe(handle: Any) -> bool:
    """True for the callback with which a loop empties the pipe that wakes it, and which does nothing else.

    Threads write to that pipe, and so does the world of a play.
    """
    callback = handle._callback
    return type(callback) is types.MethodType and callback.__func__ in PIPE_READERS


def _place(entry: _Pending) -> tuple[int, int]:
    return entry[0], entry[1]
