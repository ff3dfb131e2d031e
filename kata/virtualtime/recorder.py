"""Recorder: notes what every task of a loop does, as it does it, without changing the order of anything.

It brackets the loop's own handles and sees tasks when they are made, so `repr`, stacks and tracebacks stay as they
are. It keeps compact notes; `records` turns them into the structs of `kata.contract.run`.
"""

from __future__ import annotations

import asyncio
import sys
import types
import weakref
from collections.abc import Callable, Iterator
from typing import Any, Literal

from kata.contract.run import Block, Frame, Span, StuckTask, TaskRecord, Unretrieved
from kata.contract.values import Failure
from kata.virtualtime.deadlock import awaits, frame_of, waiting_for
from kata.virtualtime.stable_order import next_hash

__all__ = ["Recorder", "RecordingMixin"]

MAX_SPANS = 60_000
MAX_TASKS = 12_000
MAX_EVENTS = 1_000

_CLEANUP = ("shutdown_asyncgens", "shutdown_default_executor")
"""Coroutines that `asyncio.Runner` itself runs as tasks when it closes."""


class Life:
    """The notes on one task."""

    __slots__ = (
        "cancels", "cleanup", "coroutine", "created", "created_at", "ended", "error", "name", "outcome", "parent",
        "running_since", "spans", "task", "waiting_at", "waiting_for", "waiting_since",
    )  # fmt: skip

    def __init__(self, created: int, coroutine: str, parent: str | None, created_at: Frame | None) -> None:
        self.created = created
        self.coroutine = coroutine
        self.parent = parent
        self.created_at = created_at
        self.name = ""
        self.task: weakref.ref[asyncio.Task[Any]] | None = None
        self.spans: list[tuple[Literal["running", "waiting", "blocked"], int, int, int, str, Frame | None]] = []
        self.cancels: list[int] = []
        self.outcome: Literal["returned", "raised", "cancelled", "pending"] = "pending"
        self.ended: int | None = None
        self.error: Failure | None = None
        self.cleanup = False
        self.running_since = created
        self.waiting_since: int | None = created
        self.waiting_for = "its first turn"
        self.waiting_at: Frame | None = None


class Recorder:
    """What happened in one play.

    Args:
        now: the clock, in whole nanoseconds; virtual or real.
        file: the submission's file name, as in its code objects. Only its lines are named in places.
        failure: turns an exception into data.
    """

    def __init__(
        self, now: Callable[[], int], file: str = "", failure: Callable[[BaseException], Failure] | None = None
    ) -> None:
        self.begin(now, file, [])
        self.failure = failure or (lambda error: Failure(type(error).__name__, str(error)))
        self.lives: list[Life] = []
        self.tasks_dropped = 0
        self.blocks: list[Block] = []
        self._joined: tuple[int, str, str | None, Frame | None] | None = None
        """The end of the last block, its call, task and place."""
        self.leaked: list[StuckTask] = []
        self.unretrieved: list[Unretrieved] = []
        self.closing = False
        self.backwards = False
        self.task_numbers: Iterator[int] | None = None
        """For names of tasks that get none; None leaves them to asyncio, which counts all tasks of a process."""
        self._order = 0
        self._spans = 0

    def begin(self, now: Callable[[], int], file: str, text: list[str]) -> None:
        """Record from now on, on the clock ``now``, the submission ``file`` with the lines ``text``."""
        self.now = now
        self.start = self._last = now()
        self.file = file
        self.text = text

    def seconds(self, instant: int) -> float:
        """An instant as seconds since the recording began, exact to the nanosecond."""
        return (instant - self.start) / 1e9

    def instant(self) -> int:
        """Now, in nanoseconds; notes in ``backwards`` if the clock was put back since the last look."""
        now = self.now()
        if now < self._last:
            self.backwards = True
        self._last = now
        return now

    def frame(self, frame: types.FrameType | None) -> Frame | None:
        """The innermost place in the submission at or above a Python frame."""
        while frame is not None:
            if frame.f_code.co_filename == self.file:
                return self._place(frame)
            frame = frame.f_back
        return None

    def _place(self, frame: types.FrameType) -> Frame:
        line = frame.f_lineno or frame.f_code.co_firstlineno
        text = self.text[line - 1].strip() if 0 < line <= len(self.text) else ""
        return Frame(self.file, line, frame.f_code.co_qualname, text[:200])

    # Tasks ---------------------------------------------------------------------------------------------------

    def created(self, task: asyncio.Task[Any], coroutine: Any) -> None:
        """A task was made of ``coroutine``; with an eager factory it may have run, or even ended, already.

        3.12 crashes when such a task is asked for its coroutine.
        """
        if len(self.lives) >= MAX_TASKS:
            self.tasks_dropped += 1
            return
        if self.closing and getattr(coroutine, "__name__", "") in _CLEANUP:
            return
        parent = None
        if asyncio._get_running_loop() is not None:
            maker = asyncio.current_task()
            parent = maker.get_name() if maker is not None and maker is not task else None
        name = getattr(coroutine, "__qualname__", type(coroutine).__name__)
        life = Life(self.now(), str(name), parent, self.frame(sys._getframe(2)))
        life.name = task.get_name()
        life.task = weakref.ref(task)
        task._life = life  # type: ignore[attr-defined]
        self.lives.append(life)
        if task.done():
            self._ended(task, life, life.created)
        elif task._fut_waiter is not None:  # type: ignore[attr-defined]  # an eager first turn is over already
            life.waiting_for = waiting_for(task, [])

    def step_begins(self, task: asyncio.Task[Any]) -> None:
        """A task's turn comes."""
        life: Life | None = getattr(task, "_life", None)
        if life is None:
            return
        now = self.instant()
        self._order += 1
        if life.waiting_since is not None and now > life.waiting_since:
            self._span(life, "waiting", life.waiting_since, now, life.waiting_for, life.waiting_at)
        life.waiting_since = None
        life.running_since = now

    def step_ends(self, task: asyncio.Task[Any]) -> None:
        """A task's turn is over: it waits, gave way, or ended."""
        life: Life | None = getattr(task, "_life", None)
        if life is None:
            return
        now = self.now()
        self._span(life, "running", life.running_since, now)
        if task.done():
            self._ended(task, life, now)
            return
        life.waiting_since = now
        future = task._fut_waiter  # type: ignore[attr-defined]
        if future is None:
            life.waiting_for, life.waiting_at = "its next turn", None
        elif self._spans < MAX_SPANS:
            self._note_wait(task, life)

    def _note_wait(self, task: asyncio.Task[Any], life: Life) -> None:
        chain = list(awaits(task.get_coro()))
        life.waiting_for = waiting_for(task, chain)
        life.waiting_at = None
        for item in reversed(chain):
            frame = frame_of(item)
            if frame is not None and frame.f_code.co_filename == self.file:
                life.waiting_at = self._place(frame)
                break

    def _span(
        self,
        life: Life,
        kind: Literal["running", "waiting", "blocked"],
        start: int,
        end: int,
        what: str = "",
        at: Frame | None = None,
    ) -> None:
        if self._spans < MAX_SPANS:
            self._spans += 1
            life.spans.append((kind, start, end, self._order, what, at))

    def _ended(self, task: asyncio.Task[Any], life: Life, now: int) -> None:
        life.ended = now
        life.name = task.get_name()
        life.cleanup = self.closing
        if task.cancelled():
            life.outcome = "cancelled"
        elif task._exception is not None:
            life.outcome = "raised"
            # As data: the exception itself would keep alive what its frames hold, the task among it.
            life.error = self.failure(task._exception)
        else:
            life.outcome = "returned"
            if not task.cancelling():
                life.cancels.clear()  # whoever asked, or the task itself, took it back with uncancel()

    def cancel_requested(self, task: asyncio.Task[Any]) -> None:
        """Somebody called ``task.cancel()``."""
        life: Life | None = getattr(task, "_life", None)
        if life is not None and not task.done() and len(life.cancels) < MAX_EVENTS:
            life.cancels.append(self.now())

    # Everything else -----------------------------------------------------------------------------------------

    def blocked(self, start: int, end: int, call: str) -> None:
        """The loop's thread stood still from ``start`` to ``end`` in ``call``."""
        task = asyncio.current_task() if asyncio._get_running_loop() is not None else None
        place = self.frame(sys._getframe(1))
        name = task.get_name() if task is not None else None
        life: Life | None = getattr(task, "_life", None)
        if call == "Thread.join" and self._joined == (start, call, name, place) and self.blocks:
            # A pool that closes joins its threads one by one; which thread had which job, chance decides.
            whole = self.blocks.pop()
            start -= round(whole.seconds * 1e9)
            if life is not None and life.spans and life.spans[-1][0] == "blocked":
                life.spans.pop()
        self._joined = (end, call, name, place)
        if len(self.blocks) < MAX_EVENTS:
            self.blocks.append(Block((end - start) / 1e9, self.seconds(start), call, name, place))
        if life is not None:
            self._span(life, "blocked", start, end, call, place)

    def stuck(self, task: asyncio.Task[Any]) -> StuckTask:
        """Where a task stands now."""
        chain = list(awaits(task.get_coro()))
        places = [
            frame for frame in map(frame_of, chain) if frame is not None and frame.f_code.co_filename == self.file
        ]
        return StuckTask(task.get_name(), waiting_for(task, chain), self._place(places[-1]) if places else None)

    def closes(self, loop: asyncio.AbstractEventLoop) -> None:
        """The main coroutine is over; tasks still alive now are leaked."""
        self.closing = True
        left = [task for task in asyncio.all_tasks(loop) if not task.done()]
        ages = {id(life): number for number, life in enumerate(self.lives)}
        left.sort(key=lambda task: ages.get(id(getattr(task, "_life", None)), 0))
        self.leaked += [self.stuck(task) for task in left[: MAX_EVENTS - len(self.leaked)]]

    def exception_context(self, context: dict[str, Any]) -> None:
        """The loop's exception handler was told of something that nobody caught."""
        if len(self.unretrieved) >= MAX_EVENTS:
            return
        owner = context.get("task") or context.get("future")
        error = context.get("exception")
        self.unretrieved.append(
            Unretrieved(
                owner.get_name() if isinstance(owner, asyncio.Task) else None,
                self.failure(error) if isinstance(error, BaseException) else None,
                str(context.get("message", "")),
            )
        )

    def records(self) -> list[TaskRecord]:
        """The tasks' lives so far, in the order of their making."""
        return [self._record(life) for life in self.lives]

    def _record(self, life: Life) -> TaskRecord:
        spans = [
            Span(kind, self.seconds(start), self.seconds(end), order, what, at)
            for kind, start, end, order, what, at in life.spans
        ]
        if life.ended is None:
            now = self.seconds(self.now())
            if life.waiting_since is None:  # in the middle of a step, in which the play was stopped
                spans.append(Span("running", self.seconds(life.running_since), now, self._order))
            else:
                since = self.seconds(life.waiting_since)
                spans.append(Span("waiting", since, now, self._order, life.waiting_for, life.waiting_at))
        # Up to 3.12 a task gets its name after it is made, which may be after its end.
        task = life.task() if life.task is not None else None
        return TaskRecord(
            life.name if task is None else task.get_name(),
            life.coroutine,
            self.seconds(life.created),
            life.parent,
            life.created_at,
            spans,
            [self.seconds(instant) for instant in life.cancels],
            life.outcome,
            None if life.ended is None else self.seconds(life.ended),
            life.error,
            life.cleanup,
        )


class _Step(asyncio.Handle):
    """One turn of a task, bracketed by the recorder."""

    __slots__ = ()

    def _run(self) -> None:
        recorder: Recorder = self._loop.recorder  # type: ignore[attr-defined]
        task = self._callback.__self__  # type: ignore[attr-defined]
        recorder.step_begins(task)
        try:
            super()._run()
        finally:  # SystemExit and KeyboardInterrupt go through
            recorder.step_ends(task)


_STRUCTURED = ("_on_task_done", "_on_timeout")
"""Where a task group and a time-out cancel the very task that they take the cancellation back from again."""


class _Numbered:
    """Has the same place in a set in each play."""

    _hash: int

    def __hash__(self) -> int:
        try:
            return self._hash
        except AttributeError:
            self._hash = next_hash()
            return self._hash


class Future(_Numbered, asyncio.Future[Any]):
    """asyncio's future, with the same place in a set in each play."""


class Task(_Numbered, asyncio.Task[Any]):
    """asyncio's task, which also notes when it is asked to cancel, and has the same place in a set in each play."""

    def cancel(self, msg: Any | None = None) -> bool:
        if sys._getframe(1).f_code.co_name not in _STRUCTURED:
            self.get_loop().recorder.cancel_requested(self)  # type: ignore[attr-defined]
        return super().cancel(msg)


class RecordingMixin:
    """For an event loop class: tells ``self.recorder`` of tasks, their turns and uncaught exceptions."""

    recorder: Recorder
    _ready: Any

    def _call_soon(self, callback: Callable[..., Any], args: Any, context: Any) -> asyncio.Handle:
        if not isinstance(getattr(callback, "__self__", None), asyncio.Task):
            return super()._call_soon(callback, args, context)  # type: ignore[misc,no-any-return]
        handle = _Step(callback, args, self, context)  # type: ignore[arg-type]
        if handle._source_traceback:  # type: ignore[attr-defined]
            del handle._source_traceback[-1]  # type: ignore[attr-defined]
        self._ready.append(handle)
        return handle

    def create_future(self) -> asyncio.Future[Any]:
        """A `Future` of this loop."""
        return Future(loop=self)  # type: ignore[arg-type]

    def create_task(self, coro: Any, **kwargs: Any) -> asyncio.Task[Any]:
        """The loop's own `create_task`; without a task factory of the program's it makes a `Task`."""
        if self._task_factory is None:  # type: ignore[attr-defined]
            self._check_closed()  # type: ignore[attr-defined]
            if self.recorder.task_numbers is not None and kwargs.get("name") is None:
                kwargs["name"] = f"Task-{next(self.recorder.task_numbers)}"
            task: asyncio.Task[Any] = Task(coro, loop=self, **kwargs)  # type: ignore[arg-type]
            if task._source_traceback:  # type: ignore[attr-defined]
                del task._source_traceback[-1]  # type: ignore[attr-defined]
        else:
            task = super().create_task(coro, **kwargs)  # type: ignore[misc]
        self.recorder.created(task, coro)
        return task

    def call_exception_handler(self, context: dict[str, Any]) -> None:
        """Note what nobody caught, unless the program has a handler of its own."""
        if self._exception_handler is None:  # type: ignore[attr-defined]
            self.recorder.exception_context(context)
        super().call_exception_handler(context)  # type: ignore[misc]
