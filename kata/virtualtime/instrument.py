"""Instruments: who is told of what happens on an event loop, as it happens, without changing the order of anything.

It brackets the loop's own handles and sees tasks when they are made, so `repr`, stacks and tracebacks stay as they are.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable
from contextvars import Context
from types import FrameType
from typing import Any

from kata.virtualtime import own_frames, stable_order
from kata.virtualtime.asyncio_names import SLEEPS, STRUCTURED
from kata.virtualtime.clock import Clock
from kata.virtualtime.loop import VirtualLoop
from kata.virtualtime.timer import VirtualTimer
from kata.virtualtime.waits import WORK

__all__ = ["Instrument", "InstrumentedLoop", "InstrumentedMixin"]


_FORGETS_NAMES = (3, 13, 0) <= sys.version_info[:3] < (3, 13, 3)
"""There a loop with a task factory calls every task that gets no name `None`."""


class Instrument:
    """Told of the events of a loop. Each method does nothing here; override those that you want to hear of.

    >>> import asyncio
    >>> from kata.virtualtime import Instrument, InstrumentedLoop
    >>> class Steps(Instrument):
    ...     def before_task_step(self, task):
    ...         print("step of", task.get_name())
    ...     def task_exited(self, task):
    ...         print("end of", task.get_name())
    >>> loop = InstrumentedLoop(Steps())
    >>> loop.run_until_complete(loop.create_task(asyncio.sleep(60), name="nap"))
    step of nap
    step of nap
    end of nap
    >>> loop.close()
    """

    def loop_made(self, loop: asyncio.AbstractEventLoop) -> None:
        """A loop was made that tells this instrument; nothing has happened on it yet."""

    def task_name(self) -> str | None:
        """The name for a task that gets none of the program; None leaves it to asyncio, which counts."""
        return None

    def task_spawned(self, task: asyncio.Task[Any], coroutine: Any) -> None:
        """A task was made of ``coroutine``; with an eager factory it may have run, or even ended, already.

        3.12 crashes when such a task is asked for its coroutine.
        """

    def before_task_step(self, task: asyncio.Task[Any]) -> None:
        """A task's turn comes."""

    def after_task_step(self, task: asyncio.Task[Any]) -> None:
        """A task's turn is over: it waits, gave way, or ended."""

    def task_exited(self, task: asyncio.Task[Any]) -> None:
        """A task has ended: after its last step, or as it was made."""

    def task_cancel_requested(self, task: asyncio.Task[Any]) -> None:
        """Somebody called ``task.cancel()``, except a task group or a time-out that will take it back again."""

    def task_interrupted(self, task: asyncio.Task[Any]) -> None:
        """A task group or a time-out cancels the task that it works in; it will take that back again."""

    def timer_set(self, callback: Callable[..., object], due: int) -> Any:
        """A timer is set that is due at the instant ``due``, other than that of a sleep. Stock loops do not tell.

        Returns:
            What `timer_ended` is told; None if it shall not be called.
        """

    def timer_ended(self, note: Any, fired: bool) -> None:
        """A timer fires now, or is cancelled before that; ``note`` is what `timer_set` returned."""

    def exception_unhandled(self, context: dict[str, Any]) -> None:
        """The loop's exception handler was told of something that nobody caught; see its documentation for the keys."""


class _Step(asyncio.Handle):
    """One turn of a task, bracketed by the instrument."""

    __slots__ = ()

    def _run(self) -> None:
        instrument: Instrument = self._loop.instrument  # type: ignore[attr-defined]
        task = self._callback.__self__  # type: ignore[attr-defined]
        instrument.before_task_step(task)
        try:
            super()._run()
        finally:  # SystemExit and KeyboardInterrupt go through
            instrument.after_task_step(task)
            if task.done():
                instrument.task_exited(task)


_Step.__name__ = _Step.__qualname__ = asyncio.Handle.__name__  # as which a program sees it


class Task(stable_order.Task):
    """A task that also tells when it is asked to cancel."""

    def cancel(self, msg: Any | None = None) -> bool:
        if sys._getframe(1).f_code not in STRUCTURED:
            self.get_loop().instrument.task_cancel_requested(self)  # type: ignore[attr-defined]
        else:
            self.get_loop().instrument.task_interrupted(self)  # type: ignore[attr-defined]
        return super().cancel(msg)

    def get_stack(self, *, limit: int | None = None) -> list[FrameType]:
        """The task's frames; of one that runs, no further than the program that it belongs to."""
        return own_frames.within(super().get_stack(limit=limit))


Task.__module__ = "_asyncio"  # as which a program sees it


class _Timer(VirtualTimer):
    """A timer of whose end the instrument hears."""

    __slots__ = ()

    def _run(self) -> None:
        self._loop.instrument.timer_ended(self.note, True)  # type: ignore[attr-defined]
        super()._run()

    def cancel(self) -> None:
        if not self.cancelled():
            self._loop.instrument.timer_ended(self.note, False)  # type: ignore[attr-defined]
        super().cancel()


for _name in ("__module__", "__name__", "__qualname__"):  # its repr stays as it is
    setattr(_Timer, _name, getattr(VirtualTimer, _name))


class InstrumentedMixin:
    """For an event loop class: tells ``self.instrument`` of tasks, their turns and uncaught exceptions."""

    instrument: Instrument
    _ready: Any

    def _call_soon(self, callback: Callable[..., Any], args: Any, context: Any) -> asyncio.Handle:
        if not isinstance(getattr(callback, "__self__", None), asyncio.Task):
            return super()._call_soon(callback, args, context)  # type: ignore[misc,no-any-return]
        handle = _Step(callback, args, self, context)  # type: ignore[arg-type]
        if handle._source_traceback:  # type: ignore[attr-defined]
            own_frames.forget(handle._source_traceback)  # type: ignore[attr-defined]
        self._ready.append(handle)
        return handle

    def create_future(self) -> asyncio.Future[Any]:
        """A future of this loop, with the same place in a set in each play."""
        return stable_order.new_future(self)  # type: ignore[arg-type]

    def create_task(self, coro: Any, **kwargs: Any) -> asyncio.Task[Any]:
        """The loop's own `create_task`; without a task factory of the program's it makes a `Task`."""
        if self._task_factory is None and asyncio.iscoroutine(coro):  # type: ignore[attr-defined]
            self._check_closed()  # type: ignore[attr-defined]
            if kwargs.get("name") is None and (name := self.instrument.task_name()) is not None:
                kwargs["name"] = name
            task: asyncio.Task[Any] = Task(coro, loop=self, **kwargs)
            if task._source_traceback:  # type: ignore[attr-defined]
                own_frames.forget(task._source_traceback)  # type: ignore[attr-defined]
        else:
            if self._task_factory is not None and not _FORGETS_NAMES and kwargs.get("name") is None:  # type: ignore[attr-defined]
                kwargs["name"] = self.instrument.task_name()
            task = super().create_task(coro, **kwargs)  # type: ignore[misc]
        self.instrument.task_spawned(task, coro)
        if task.done():
            self.instrument.task_exited(task)
        return task

    def run_in_executor(self, executor: Any, func: Callable[..., Any], *args: Any) -> Any:
        """The loop's own `run_in_executor`; its future remembers the function, for whoever waits for it."""
        future = super().run_in_executor(executor, func, *args)  # type: ignore[misc]
        setattr(future, WORK, func)
        return future

    def call_exception_handler(self, context: dict[str, Any]) -> None:
        """Tell of what nobody caught, unless the program has a handler of its own."""
        if self._exception_handler is None:  # type: ignore[attr-defined]
            self.instrument.exception_unhandled(context)
        super().call_exception_handler(context)  # type: ignore[misc]


class InstrumentedLoop(InstrumentedMixin, VirtualLoop):  # type: ignore[misc]  # of generic and plain futures
    """A `VirtualLoop` that tells an instrument what happens on it; ``clock`` as there."""

    def __init__(self, instrument: Instrument, clock: Clock | None = None) -> None:
        super().__init__(clock)
        self.instrument = instrument
        instrument.loop_made(self)
        self.sleep_due: int | None = None
        """The instant until which the last `asyncio.sleep` was to last."""

    def _at(
        self,
        ns: int,
        callback: Callable[..., object],
        args: tuple[Any, ...],
        context: Context | None,
        method: str,
        order: int | None = None,
        timer_class: type[VirtualTimer] = VirtualTimer,
    ) -> VirtualTimer:
        if getattr(callback, "__code__", None) is SLEEPS:
            self.sleep_due = ns
            return super()._at(ns, callback, args, context, method, order)
        note = self.instrument.timer_set(callback, ns)
        if note is None:
            return super()._at(ns, callback, args, context, method, order)
        timer = super()._at(ns, callback, args, context, method, order, _Timer)
        timer.note = note
        return timer
