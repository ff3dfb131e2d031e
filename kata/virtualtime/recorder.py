"""Recorder: notes what every task of a loop does, as it does it.

It keeps compact notes; `Recorder.records` turns them into the structs of `kata.contract.run`.
"""

from __future__ import annotations

import asyncio
import sys
import types
import weakref
from collections.abc import Callable, Iterator
from time import thread_time
from typing import Any, Literal

from kata.contract.run import Block, Computed, Frame, Span, StuckTask, TaskRecord, Timer, Unretrieved
from kata.contract.values import Failure
from kata.virtualtime.asyncio_names import CLEANUP, DEADLINES
from kata.virtualtime.instrument import Instrument
from kata.virtualtime.timed import Timed
from kata.virtualtime.waits import Details, asked_to_sleep, awaits, frame_of, name_of, sleep_of, wait_of, waiting_for

__all__ = ["Recorder"]

MAX_SPANS = 30_000
FIRST = 50
"""Tasks that keep a number of spans for themselves, as a main task that waits for very many others."""
RESERVE = 40
MAX_TASKS = 12_000
MAX_EVENTS = 1_000
MAX_DUE = 10**18
"""Nanoseconds. A timer that is due later than that, in thirty years, is none that anybody waits for."""


LONG = 0.1
"""Seconds of the processor's from which on a step counts as computing."""

ONE_BLOCK = ("Thread.join", "looking at the clock")
"""Calls that come in many short ones and are one."""


_Spanned = tuple[Literal["running", "waiting", "blocked"], int, int, int, str, Frame | None, Details | None]
"""Kind, start, end, number of the step, and of a wait or a block what, where and more."""


class Life:
    """The notes on one task."""

    __slots__ = (
        "cancels", "cleanup", "computed", "coroutine", "created", "created_at", "ended", "error", "name", "outcome",
        "parent", "reserve", "running_since", "spans", "task", "turns", "waiting_at", "waiting_details", "waiting_for",
        "waiting_since",
    )  # fmt: skip

    def __init__(self, created: int, coroutine: str, parent: str | None, created_at: Frame | None) -> None:
        self.created = created
        self.coroutine = coroutine
        self.parent = parent
        self.created_at = created_at
        self.name = ""
        self.task: weakref.ref[asyncio.Task[Any]] | None = None
        self.spans: list[_Spanned] = []
        self.cancels: list[int] = []
        self.outcome: Literal["returned", "raised", "cancelled", "pending"] = "pending"
        self.ended: int | None = None
        self.error: Failure | None = None
        self.cleanup = False
        self.reserve = 0
        self.turns = 0
        self.computed = 0.0
        self.running_since = created
        self.waiting_since: int | None = created
        self.waiting_for = "its first turn"
        self.waiting_at: Frame | None = None
        self.waiting_details: Details | None = None


class Recorder(Instrument):
    """What happened in one play.

    >>> import asyncio
    >>> from kata.virtualtime import Clock, InstrumentedLoop, Recorder, Scheduler
    >>> clock = Clock()
    >>> recorder = Recorder(lambda: clock.now_ns)
    >>> with Scheduler(clock).active(), asyncio.Runner(loop_factory=lambda: InstrumentedLoop(recorder)) as runner:
    ...     runner.run(asyncio.sleep(60))
    >>> [(span.kind, span.end, span.what) for span in recorder.records()[0].spans]
    [('running', 0.0, ''), ('waiting', 60.0, 'asyncio.sleep'), ('running', 60.0, '')]

    Args:
        now: the clock, in whole nanoseconds; virtual or real.
        file: the submission's file name, as in its code objects. Only its lines are named in places.
        failure: turns an exception into data.
    """

    timer_depth = 3
    """Frames from `timer_set` to whoever calls a method of the loop that sets one."""

    def __init__(
        self, now: Callable[[], int], file: str = "", failure: Callable[[BaseException], Failure] | None = None
    ) -> None:
        self.begin(now, file, [])
        self.failure = failure or (lambda error: Failure(type(error).__name__, str(error)))
        self.lives: list[Life] = []
        self.tasks_dropped = 0
        self.blocks: list[Block] = []
        self._timers: list[Timed] = []
        self._joined: tuple[int, str, str | None, Frame | None] | None = None
        """The end of the last block, its call, task and place."""
        self.leaked: list[StuckTask] = []
        self.unretrieved: list[Unretrieved] = []
        self._closing: weakref.WeakSet[asyncio.AbstractEventLoop] = weakref.WeakSet()
        """Loops whose main coroutine is over."""
        self.backwards = False
        self.task_numbers: Iterator[int] | None = None
        """For names of tasks that get none; None leaves them to asyncio, which counts all tasks of a process."""
        self.clocks_computing = False
        """Whether it notes the steps that keep the processor for long."""
        self.computed: list[Computed] = []
        self._step_began = 0.0
        self.order = 0
        """The number of the step that is under way, or of the last one."""
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

    def task_name(self) -> str | None:
        return None if self.task_numbers is None else f"Task-{next(self.task_numbers)}"

    def task_spawned(self, task: asyncio.Task[Any], coroutine: Any) -> None:
        if len(self.lives) >= MAX_TASKS:
            self.tasks_dropped += 1
            return
        if task.get_loop() in self._closing and getattr(coroutine, "__name__", "") in CLEANUP:
            return
        parent = None
        if asyncio._get_running_loop() is not None:
            maker = asyncio.current_task()
            parent = maker.get_name() if maker is not None and maker is not task else None
        life = Life(self.now(), name_of(coroutine), parent, self.frame(sys._getframe(2)))
        life.name = task.get_name()
        life.reserve = RESERVE if len(self.lives) < FIRST else 0
        life.task = weakref.ref(task)
        task._life = life  # type: ignore[attr-defined]
        self.lives.append(life)
        if not task.done() and task._fut_waiter is not None:  # type: ignore[attr-defined]  # an eager first turn is over already
            self._note_wait(task, life, coroutine)

    def before_task_step(self, task: asyncio.Task[Any]) -> None:
        life: Life | None = getattr(task, "_life", None)
        if life is None:
            return
        now = self.instant()
        self.order += 1
        if life.waiting_since is not None and now > life.waiting_since:
            details = life.waiting_details
            self._span(life, "waiting", life.waiting_since, now, life.waiting_for, life.waiting_at, details)
        life.waiting_since = None
        life.running_since = now
        life.turns += 1
        if self.clocks_computing:
            self._step_began = thread_time()

    def after_task_step(self, task: asyncio.Task[Any]) -> None:
        life: Life | None = getattr(task, "_life", None)
        if life is None:
            return
        now = self.now()
        self._span(life, "running", life.running_since, now)
        if self.clocks_computing:
            took = thread_time() - self._step_began
            life.computed += took
            if took >= LONG:
                self._note_computing(life, took)
        if task.done():
            life.ended = now
            return
        life.waiting_since = now
        future = task._fut_waiter  # type: ignore[attr-defined]
        if future is None:
            life.waiting_for, life.waiting_at, life.waiting_details = "its next turn", None, None
        elif self._spans < MAX_SPANS or life.reserve:
            self._note_wait(task, life, task.get_coro())

    def _note_computing(self, life: Life, took: float) -> None:
        if len(self.computed) < MAX_EVENTS:
            self.computed.append(Computed(life.name, self.seconds(life.running_since), round(took, 2)))

    def _note_wait(self, task: asyncio.Task[Any], life: Life, coroutine: Any) -> None:
        chain = list(awaits(coroutine))
        life.waiting_for, life.waiting_details = wait_of(task, chain)
        if life.waiting_for == "asyncio.sleep":
            due = getattr(task.get_loop(), "sleep_due", None)
            now = life.waiting_since or 0
            life.waiting_details = asked_to_sleep(chain) if due is None else sleep_of(due - now)
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
        details: Details | None = None,
    ) -> None:
        if self._spans < MAX_SPANS:
            self._spans += 1
        elif life.reserve:
            life.reserve -= 1
        else:
            return
        life.spans.append((kind, start, end, self.order, what, at, details))

    def task_exited(self, task: asyncio.Task[Any]) -> None:
        life: Life | None = getattr(task, "_life", None)
        if life is None:
            return
        if life.ended is None:  # an eager task that never had a turn
            life.ended = life.created
        life.name = task.get_name()
        life.cleanup = task.get_loop() in self._closing
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

    def task_cancel_requested(self, task: asyncio.Task[Any]) -> None:
        life: Life | None = getattr(task, "_life", None)
        if life is not None and not task.done() and len(life.cancels) < MAX_EVENTS:
            life.cancels.append(self.now())

    # Timers --------------------------------------------------------------------------------------------------

    def timer_set(self, callback: Callable[..., object], due: int) -> Timed | None:
        """A timer of the submission's own, or the deadline of a task that it works in."""
        function: Any = getattr(callback, "__func__", callback)
        is_limit = getattr(function, "__code__", None) in DEADLINES
        caller = sys._getframe(self.timer_depth)
        if (not is_limit and caller.f_code.co_filename != self.file) or len(self._timers) >= MAX_EVENTS:
            return None
        at = self.frame(caller)
        if at is None or due - self.start > MAX_DUE:
            return None
        task = getattr(getattr(callback, "__self__", None), "_task", None) if is_limit else None
        if task is None and asyncio._get_running_loop() is not None:
            task = asyncio.current_task()
        name = task.get_name() if isinstance(task, asyncio.Task) else None
        calls = "" if is_limit else str(getattr(function, "__qualname__", type(function).__name__))
        note = Timed(self.now(), due, calls, name, at)
        self._timers.append(note)
        return note

    def timer_ended(self, note: Timed, fired: bool) -> None:
        if note.ended is None:
            note.ended, note.fired = self.now(), fired

    @property
    def timers(self) -> list[Timer]:
        """The timers so far, in the order in which they were set."""
        return [note.record(self.start) for note in self._timers]

    # Everything else -----------------------------------------------------------------------------------------

    def loop_blocked(self, start: int, end: int, call: str) -> None:
        """The loop's thread stood still from ``start`` to ``end`` in ``call``."""
        task = asyncio.current_task() if asyncio._get_running_loop() is not None else None
        place = self.frame(sys._getframe(1))
        name = task.get_name() if task is not None else None
        life: Life | None = getattr(task, "_life", None)
        if call in ONE_BLOCK and self._joined == (start, call, name, place) and self.blocks:
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

    def steps_of(self, task: asyncio.Task[Any]) -> int:
        """How many spans of a task are recorded."""
        life: Life | None = getattr(task, "_life", None)
        return len(life.spans) if life is not None else 0

    def stuck(self, task: asyncio.Task[Any]) -> StuckTask:
        """Where a task stands now."""
        chain = list(awaits(task.get_coro()))
        places = [
            frame for frame in map(frame_of, chain) if frame is not None and frame.f_code.co_filename == self.file
        ]
        at = self._place(places[-1]) if places else None
        return StuckTask(task.get_name(), waiting_for(task, chain), at, task.cancelling() > 0)

    def closes(self, loop: asyncio.AbstractEventLoop) -> None:
        """The main coroutine is over; tasks still alive now are leaked."""
        self._closing.add(loop)
        left = [task for task in asyncio.all_tasks(loop) if not task.done()]
        ages = {id(life): number for number, life in enumerate(self.lives)}
        left.sort(key=lambda task: ages.get(id(getattr(task, "_life", None)), 0))
        self.leaked += [self.stuck(task) for task in left[: MAX_EVENTS - len(self.leaked)]]

    def exception_unhandled(self, context: dict[str, Any]) -> None:
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
            Span(kind, self.seconds(start), self.seconds(end), order, what, at, *(details or ()))
            for kind, start, end, order, what, at, details in life.spans
        ]
        if life.ended is None:
            now = self.seconds(self.now())
            if life.waiting_since is None:  # in the middle of a step, in which the play was stopped
                spans.append(Span("running", self.seconds(life.running_since), now, self.order))
            else:
                since = self.seconds(life.waiting_since)
                details = life.waiting_details or ()
                spans.append(Span("waiting", since, now, self.order, life.waiting_for, life.waiting_at, *details))
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
            turns=life.turns,
            computed=round(life.computed, 6),
        )
