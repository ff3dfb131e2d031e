"""Turns: notes every turn of an event loop, beside what tasks do: who runs and why, what is ready, and what is done.

For replays, where a play may take its time. Nothing of it exists in other plays.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from threading import get_ident
from typing import Any, Literal

import msgspec

from kata.contract.run import Line
from kata.contract.texts import class_name
from kata.contract.turns import (
    MAX_BYTES,
    MAX_NAMED,
    MAX_PRINTED,
    MAX_STEPS,
    MAX_TIMERS,
    MAX_TURNS,
    Deed,
    Stopped,
    Turn,
    Waiting,
)
from kata.contract.values import Failure
from kata.virtualtime import own_frames
from kata.virtualtime.asyncio_names import AWAITED, HANDLE_RUN, SLEEPS, GatheringFuture
from kata.virtualtime.callback_labels import (
    ANSWERED,
    callback_label,
    cause_of_engines,
    future_of,
    is_engines,
    is_librarys,
    stepping,
    task_label,
    timer_label,
)
from kata.virtualtime.clock import NEVER
from kata.virtualtime.ready_queue import BY_ITSELF, Cause, ReadyQueue, reads_its_pipe
from kata.virtualtime.recorder import Life, Recorder
from kata.virtualtime.standing import standing
from kata.virtualtime.steps import Steps

__all__ = ["TurnRecorder"]

LONGEST = 200
"""Characters of an error."""


@dataclass(slots=True, eq=False)
class _UnderWay:
    """The turn of a thread."""

    turn: Turn
    loop: asyncio.AbstractEventLoop
    task: asyncio.Task[Any] | None
    sleep: tuple[int, float] | None = None
    """The identity of the future of the sleep that was begun last, and its seconds."""
    made: list[tuple[int, asyncio.Task[Any]]] = field(default_factory=list)
    """The tasks that it made, each with the place of that deed."""

    def over(self) -> None:
        """Call tasks by their names, which up to 3.12 they get after they are made."""
        deeds = self.turn.deeds
        for place, task in self.made:
            deeds[place] = msgspec.structs.replace(deeds[place], what=task_label(task))

    @property
    def by(self) -> str:
        """Who does what this turn does."""
        return f"task {self.turn.who}" if self.task is not None else self.turn.callback


class TurnRecorder(Recorder):
    """A `Recorder` that also notes the turns of the loops that tell it, and the lines of ``file`` where that is begun.

    >>> import asyncio
    >>> from kata.virtualtime import Clock, InstrumentedLoop, Scheduler
    >>> clock = Clock()
    >>> recorder = TurnRecorder(lambda: clock.now_ns)
    >>> with Scheduler(clock).active(), asyncio.Runner(loop_factory=lambda: InstrumentedLoop(recorder)) as runner:
    ...     runner.run(asyncio.sleep(60))
    >>> [(turn.at, turn.who or turn.callback, turn.why, turn.end) for turn in recorder.turns][:2]
    [(0.0, 'Task-1', 'created', 'waits'), (60.0, 'sleep of Task-1', 'timer', 'ran')]

    Args:
        now, file, failure: see `Recorder`.
    """

    timer_depth = Recorder.timer_depth + 1

    def __init__(
        self, now: Callable[[], int], file: str = "", failure: Callable[[BaseException], Failure] | None = None
    ) -> None:
        super().__init__(now, file, failure)
        self.turns: list[Turn] = []
        self.turns_dropped = 0
        self.turns_stopped: Stopped = ""
        self._under_way: dict[int, _UnderWay] = {}
        """By thread."""
        self._just_ended: tuple[int, Turn] | None = None
        """The identity of the task that has just ended, and its last turn."""
        self._line_count = 0
        self._bytes = 0
        self._steps: Steps | None = None

    def begin_lines(self) -> None:
        """Note the lines of the file from now on; `end_lines` must follow."""
        self._steps = Steps(self.file, self._turn_under_way, self._noted_line)
        self._steps.lines.start()

    def end_lines(self) -> None:
        """Note no more lines, and leave nothing behind in the interpreter."""
        if self._steps is not None:
            self._steps.lines.stop()
            self._steps = None

    def printed(self, line: Line) -> None:
        """A line is printed now."""
        self._deed("print", line.text[:MAX_PRINTED])

    # Limits --------------------------------------------------------------------------------------------------

    def _noted(self, size: int) -> None:
        self._bytes += size
        if self._bytes > MAX_BYTES:
            self._stop("bytes")

    def _noted_line(self, size: int) -> None:
        self._line_count += 1
        if self._line_count >= MAX_STEPS:
            self._stop("lines")
        self._noted(size)

    def _stop(self, reason: Stopped) -> None:
        """Note no more; turns are counted."""
        if self.turns_stopped:
            return
        self.turns_stopped = reason
        for here in self._under_way.values():
            here.over()
        self._under_way.clear()
        if self._steps is not None:
            self._steps.lines.pause()

    # The loop's queue ----------------------------------------------------------------------------------------

    def loop_made(self, loop: Any) -> None:
        queue = ReadyQueue(loop, self)
        make = getattr(loop, "_at", None)
        if make is None:  # a stock loop
            return
        cancelled = loop._timer_handle_cancelled

        def at(ns: int, callback: Any, args: Any, context: Any, method: str, order: int | None = None) -> Any:
            timer = make(ns, callback, args, context, method, order)
            if timer._source_traceback:
                own_frames.forget(timer._source_traceback)
            if ns < NEVER and not self.turns_stopped:
                self._timer_made(queue, timer, callback, args, method)
            return timer

        def timer_cancelled(timer: asyncio.TimerHandle) -> None:
            queue.timer_gone(timer)
            cancelled(timer)

        loop._at, loop._timer_handle_cancelled = at, timer_cancelled

    def _timer_made(self, queue: ReadyQueue, timer: Any, callback: Any, args: Any, method: str) -> None:
        current = asyncio.current_task() if asyncio._get_running_loop() is not None else None
        what = timer_label(callback, args, method, current)
        due = self.seconds(timer.ns)
        if is_engines(callback):  # it stands for somebody outside
            queue.timer_set(timer, Waiting(due, what), ("event", cause_of_engines(callback)))
            return
        queue.timer_set(timer, Waiting(due, what), ("timer", ""))
        here = self._here()
        if here is not None and getattr(callback, "__code__", None) is SLEEPS:
            here.sleep = id(args[0]), (timer.ns - self.now()) / 1e9
        self._deed("timer", what, due)

    def queued(self, queue: ReadyQueue, handle: Any, event: bool) -> Cause:
        """See `Watcher`."""
        callback, args = handle._callback, handle._args
        if issubclass(type(handle), asyncio.TimerHandle):
            return queue.timer_gone(handle)
        if self.turns_stopped:
            return BY_ITSELF
        if event:
            return ("event", "")
        if queue.loop._thread_id not in (None, get_ident()):
            return ("thread", "")
        here = self._here()
        by = here.by if here is not None else ""
        task, future = stepping(callback), future_of(args)
        if task is not None and future is not None:
            return self._woken(task, future, here)
        if task is not None:
            return ("gave way", "") if here is not None and here.task is task else ("created", by)
        if future is not None:
            return ("future", _ended(future, by))
        self._deed("ready", callback_label(callback, args))
        return ("call_soon", f"{by} put it into the ready queue" if by else "")

    def _woken(self, task: asyncio.Task[Any], future: asyncio.Future[Any], here: _UnderWay | None) -> Cause:
        """Why a task goes on that has waited for ``future``, which is done now."""
        by = here.by if here is not None else ""
        if future.cancelled() and asyncio.Task.cancelling(task):
            return ("cancelled", f"by {by}" if by else "")
        if issubclass(type(future), asyncio.Task):
            return ("future", _ended(future, by))
        life: Life | None = getattr(task, "_life", None)
        what = life.waiting_for if life is not None else "a future"
        self._deed("future", f"{what} of {task_label(task)}")
        if type(future) is GatheringFuture or what == "asyncio.sleep" or (here and here.turn.because == ANSWERED):
            return ("future", f"{what.removeprefix('asyncio.')} is over")
        over = "future was set" if what == "a future" else f"{what} is over"
        return ("future", f"{over}: {by}" if by else over)

    def taken(self, queue: ReadyQueue, handle: Any, cause: Cause) -> None:
        """See `Watcher`."""
        if (before := self._under_way.pop(get_ident(), None)) is not None:
            before.over()
        if reads_its_pipe(handle):
            return
        if len(self.turns) >= MAX_TURNS:
            self._stop("turns")
        if self.turns_stopped:
            self.turns_dropped += 1
            return
        task = stepping(handle._callback)
        if queue.loop in self._closing and self._is_librarys(task, handle._callback):
            return
        handles, ready_more = queue.first(MAX_NAMED)
        timers, timers_more = queue.timers(MAX_TIMERS)
        turn = Turn(
            number=len(self.turns) + 1,
            at=self.seconds(self.now()),
            who=task_label(task) if task is not None else "",
            callback="" if task is not None else callback_label(handle._callback, handle._args),
            why=cause[0],
            because=cause[1],
            ready=[_label(each) for each in handles],
            ready_more=ready_more,
            timers=timers,
            timers_more=timers_more,
        )
        self.turns.append(turn)
        self._under_way[get_ident()] = _UnderWay(turn, queue.loop, task)
        size = 160 + len(turn.because) + sum(len(name) + 2 for name in turn.ready)
        self._noted(size + sum(len(each.what) + 24 for each in timers))
        if self._steps is not None and not self.turns_stopped:
            self._steps.lines.start()

    def _is_librarys(self, task: asyncio.Task[Any] | None, callback: Any) -> bool:
        """True for what `asyncio.run` does by itself when the main coroutine is over."""
        return is_librarys(callback) if task is None else not hasattr(task, "_life")

    def _here(self) -> _UnderWay | None:
        """The turn that is under way on this thread."""
        here = self._under_way.get(get_ident())
        return here if here is not None and asyncio._get_running_loop() is here.loop else None

    def _turn_under_way(self) -> Turn | None:
        here = self._here()
        return here.turn if here is not None else None

    # Tasks ---------------------------------------------------------------------------------------------------

    def task_spawned(self, task: asyncio.Task[Any], coroutine: Any) -> None:
        super().task_spawned(task, coroutine)
        here = self._here()
        if here is not None:
            here.made.append((len(here.turn.deeds), task))
        self._deed("task", task_label(task))

    def task_cancel_requested(self, task: asyncio.Task[Any]) -> None:
        super().task_cancel_requested(task)
        if not task.done():
            self._deed("cancel", task_label(task))

    def task_interrupted(self, task: asyncio.Task[Any]) -> None:
        if not task.done():
            self._deed("cancel", task_label(task))

    def after_task_step(self, task: asyncio.Task[Any]) -> None:
        super().after_task_step(task)
        here = self._under_way.get(get_ident())
        if here is None or here.task is not task:
            return
        del self._under_way[get_ident()]
        here.over()
        turn = here.turn
        if task.done():
            failed = not task.cancelled() and task._exception is not None
            turn.end = "cancelled" if task.cancelled() else "raised" if failed else "returned"
            self._just_ended = id(task), turn
            return
        future = getattr(task, AWAITED, None)
        turn.end = "waits" if future is not None else "gave way"
        sleep = here.sleep[1] if here.sleep is not None and here.sleep[0] == id(future) else None
        where = standing(task, self.file, sleep)
        turn.on = where.on if future is not None else ""
        turn.on_tasks, turn.line, turn.function = where.on_tasks, where.line, where.function
        self._noted(len(turn.on) + len(turn.function) + sum(len(name) + 2 for name in turn.on_tasks))

    def task_exited(self, task: asyncio.Task[Any]) -> None:
        super().task_exited(task)
        ended, self._just_ended = self._just_ended, None
        if ended is None or ended[0] != id(task) or ended[1].end != "raised":
            return
        life: Life | None = getattr(task, "_life", None)
        failure = life.error if life is not None else None
        if failure is not None:
            text = f"{failure.type}: {failure.message}" if failure.message else failure.type
        else:
            text = class_name(type(task._exception))
        ended[1].error = text[:LONGEST]

    # Deeds ---------------------------------------------------------------------------------------------------

    def _deed(
        self, kind: Literal["task", "future", "cancel", "print", "timer", "ready"], what: str, due: float | None = None
    ) -> None:
        here = self._here()
        if here is not None:
            here.turn.deeds.append(Deed(kind, what, self._line_here(), due))
            self._noted(40 + len(what))

    def _line_here(self) -> int:
        """The line of the file that does what is done now; 0 when the loop called something else."""
        frame = sys._getframe(2)
        while frame is not None and frame.f_code is not HANDLE_RUN:
            if frame.f_code.co_filename == self.file:
                return frame.f_lineno or 0
            frame = frame.f_back  # type: ignore[assignment]
        return 0


def _label(handle: Any) -> str:
    """What a handle in the ready queue is called."""
    task = stepping(handle._callback)
    return task_label(task) if task is not None else callback_label(handle._callback, handle._args)


def _ended(future: asyncio.Future[Any], by: str) -> str:
    """In words, that a future is done."""
    if issubclass(type(future), asyncio.Task):
        how = "was cancelled" if future.cancelled() else "failed" if future._exception is not None else "ended"
        return f"task {task_label(future)} {how}"  # type: ignore[arg-type]
    how = "was cancelled" if future.cancelled() else "was set"
    return f"future {how} by {by}" if by else f"future {how}"
