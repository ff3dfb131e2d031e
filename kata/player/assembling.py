"""Assembling: from what happened in a play to the `Run` that is sent."""

from __future__ import annotations

from typing import Any

import msgspec

from kata.contract.messages import Ended, How
from kata.contract.request import Request
from kata.contract.run import Deadlock, Frame, Limit, NeverAwaited, Run, StuckTask, Unfit
from kata.contract.values import AT_ONCE, Failure, TraceLine, to_wire
from kata.player.exceptions import ExceptionReader
from kata.player.fake_objects import CallLog
from kata.player.link import Link
from kata.player.loading import NotPlayable, place_of
from kata.player.output import Output
from kata.virtualtime import DeadlockError, Recorder, TurnRecorder

__all__ = ["Assembly"]

MAX_NOTES = 10_000
MAX_NEVER_AWAITED = 1_000
MAX_STUCK = 100
MAX_LINE = 200
"""Characters of a line of the submission that are shown."""


class Assembly:
    """The `Run` of one play, put together as it happens.

    Args:
        exceptions: reads exceptions as data, and knows the submission's text.
        recorder: what tasks did.
        output: what was printed.
        log: the calls of fakes.
    """

    def __init__(self, exceptions: ExceptionReader, recorder: Recorder, output: Output, log: CallLog) -> None:
        self.run = Run()
        self.started: int | None = None
        """The instant at which the played function began."""
        self.ended: int | None = None
        self._exceptions = exceptions
        self._recorder = recorder
        self._output = output
        self._log = log
        self.link: Link | None = None
        """To the world, which is told how the play ends; None where there is no world."""

    def returned(self, value: Any) -> None:
        """The played function returned ``value``."""
        self._ended("returned", to_wire(value, self._exceptions))

    def note(self, value: Any) -> None:
        """A drive noted ``value``."""
        if len(self.run.notes) < MAX_NOTES:
            self.run.notes.append(to_wire(value, self._exceptions))

    def missing(self, name: str) -> NotPlayable:
        """The submission has no such name. That stands, whoever catches the exception: perhaps a task of a drive."""
        self.run.unfit = Unfit("missing", name)
        return NotPlayable(self.run.unfit)

    def failed(self, error: BaseException, request: Request) -> None:
        """The played function raised ``error``, or nothing could wake its loop any more."""
        if isinstance(error, DeadlockError):
            self.deadlocked(error)
            return
        failure = self._exceptions(error)
        self._ended("raised", failure)
        if isinstance(error, MemoryError):
            at = place_of(failure.traceback, request.file)
            self.run.limit = Limit("memory", f"{request.limits.memory >> 20} MiB of memory", at)
        while error is not None:  # let go of the frames, so that what they hold can be collected
            traceback, error.__traceback__ = error.__traceback__, None
            del traceback
            error = error.__context__  # type: ignore[assignment]

    def exits(self, code: int, at: Frame | None) -> None:
        """The program calls `os._exit` there."""
        lines = [TraceLine(at.line, at.function, at.text)] if at is not None else []
        self._ended("raised", Failure("SystemExit", str(code), notes=[AT_ONCE], traceback=lines))

    def deadlocked(self, error: DeadlockError) -> None:
        """Nothing could go on any more. The first time counts: ending what is stuck may get stuck, too."""
        self.run.deadlock = self.run.deadlock or self._deadlock(error)

    def never_awaited(self, coroutine: Any) -> None:
        """A coroutine object was collected that nobody had awaited: Python tells of it by `warnings`."""
        if len(self.run.never_awaited) >= MAX_NEVER_AWAITED:
            return
        origin = getattr(coroutine, "cr_origin", None) or ()
        own = ((line, function) for file, line, function in origin if file == self._exceptions.file)
        place = next(own, None)
        name = getattr(coroutine, "__qualname__", "?")
        self.run.never_awaited.append(NeverAwaited(str(name), self._frame(*place) if place else None))

    def _ended(self, how: How, value: Any) -> None:
        if self.link is not None:
            self.link.event(Ended(0, how, msgspec.to_builtins(value) if how == "raised" else value))
        elif how == "returned":
            self.run.returned = value
        else:
            self.run.error = value

    def _deadlock(self, error: DeadlockError) -> Deadlock:
        stuck = []
        for task in error.waiting:
            own = [place for place in task.places if place.file == self._exceptions.file]
            at = self._frame(own[-1].line, own[-1].function) if own else None
            stuck.append(StuckTask(task.name, task.what, at))
        return Deadlock(self._recorder.seconds(self._recorder.now()), stuck[:MAX_STUCK], error.outside)

    def _frame(self, line: int, function: str) -> Frame:
        text = self._exceptions.text
        shown = text[line - 1].strip() if 0 < line <= len(text) else ""
        return Frame(self._exceptions.file, line, function, shown[:MAX_LINE])

    def whole(self) -> Run:
        """The run, with all that the recorder, the output and the fakes have noted until now."""
        run, recorder = self.run, self._recorder
        self._output.close()
        now = recorder.now() if self.ended is None else self.ended
        started = self.started if self.started is not None else now
        run.elapsed = (now - started) / 1e9
        run.lines = self._output.lines
        run.lines_dropped = self._output.dropped
        run.tasks = recorder.records()
        run.tasks_dropped = recorder.tasks_dropped
        run.blocks = recorder.blocks
        run.computed = recorder.computed
        run.timers = recorder.timers
        run.leaked = recorder.leaked
        run.unretrieved = recorder.unretrieved
        if isinstance(recorder, TurnRecorder):
            run.turns, run.turns_dropped = recorder.turns, recorder.turns_dropped
            run.turns_stopped = recorder.turns_stopped
        run.calls = self._log.records(lambda value: to_wire(value, self._exceptions))
        run.in_flight = dict(self._log.peak)
        return run
