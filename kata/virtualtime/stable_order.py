"""What asyncio leaves to chance, decided in the same way in each play.

A set orders objects by their hashes, and those of futures, tasks and coroutine objects are their addresses, which
differ from process to process. asyncio keeps many of them in sets: `asyncio.wait` returns two, a task group cancels its
tasks in the order of one, `asyncio.as_completed` makes tasks in the order of one. A verdict must not depend on that.
Here the order is the same in each play and on each Python, and still not one to rely on: it is scattered, neither that
of creation nor its reverse. It depends on which task or future was made first, not on who looks at it first.
"""

from __future__ import annotations

import asyncio
import itertools
import types
import weakref
from collections.abc import Iterable, Iterator
from typing import Any

__all__ = ["Task", "as_completed", "new_future", "start_over", "still_to_come"]

_FIRST = 2
"""So that the first two tasks that a main coroutine makes come out the other way round."""

_SPREAD = 0x9E3779B97F4A7C15
"""An odd number near 2**64 divided by the golden ratio: its multiples are scattered (Knuth, volume 3, 6.4)."""

_tasks = itertools.count(_FIRST)
_futures = itertools.count(_FIRST)


def start_over() -> None:
    """Give the same places again, from the first one on."""
    global _tasks, _futures
    _tasks = itertools.count(_FIRST)
    _futures = itertools.count(_FIRST)


def _scattered(number: int) -> int:
    return number * _SPREAD % 2**64 >> 20


class Future(asyncio.Future[Any]):
    """asyncio's future, with the same place in a set in each play."""

    _number = 0

    def __hash__(self) -> int:
        return _scattered(self._number)


def new_future(loop: asyncio.AbstractEventLoop) -> asyncio.Future[Any]:
    """The next future of this loop."""
    future = Future(loop=loop)
    future._number = next(_futures)  # not in a method of its own, which would cost as much as all else here
    return future


class Task(asyncio.Task[Any]):
    """asyncio's task, with the same place in a set in each play."""

    _number: int

    def __new__(cls, *args: Any, **kwargs: Any) -> Task:
        # Before asyncio sees it: up to 3.13 that hashes a task as it makes it, and an eager one makes others meanwhile.
        task = super().__new__(cls)
        task._number = next(_tasks)
        return task

    def __hash__(self) -> int:
        return _scattered(self._number)


for _kind in (Future, Task):
    _kind.__module__ = "_asyncio"  # as which a program sees it


_as_completed: Any = asyncio.as_completed


class _Scattered:
    """Awaitables in an arbitrary order; they become tasks in it when somebody asks for them, as in `as_completed`."""

    def __init__(self, awaitables: Iterable[Any]) -> None:
        self._awaitables = awaitables

    def __iter__(self) -> Iterator[Any]:
        distinct = sorted(dict.fromkeys(self._awaitables), key=lambda _: _scattered(next(_tasks)))
        return iter([asyncio.ensure_future(each) for each in distinct])


def as_completed(fs: Any, **options: Any) -> Any:
    """`asyncio.as_completed`, which makes its tasks in the same order in each play."""
    if asyncio.isfuture(fs) or asyncio.iscoroutine(fs):
        return _as_completed(fs, **options)  # which says that this is a mistake
    waits = _as_completed(_Scattered(fs), **options)
    if isinstance(waits, types.GeneratorType):
        _generators.add(waits)
    return waits


_generators: weakref.WeakSet[Any] = weakref.WeakSet()
"""Those of `as_completed`, up to 3.12."""


def still_to_come(done: object) -> Iterable[asyncio.Future[Any]]:
    """What an `as_completed` up to 3.12 still waits for; ``done`` is the queue from which it takes what has come."""
    for generator in list(_generators):
        names = generator.gi_frame.f_locals if generator.gi_frame is not None else {}
        if done is not None and names.get("done") is done:
            return list(names.get("todo", ()))
    return ()
