"""The player: loads a submission, runs what the request asks for, and writes down what happened.

Runs inside the sandboxed process, beside code that nobody trusts. It holds no expected values.
"""

from __future__ import annotations

import asyncio
import builtins
import concurrent.futures
import contextlib
import gc
import inspect
import itertools
import os
import random
import signal
import sys
import threading
import time
import types
import warnings
from collections.abc import Callable, Coroutine
from typing import Any

from kata.contract.request import Request
from kata.contract.run import Deadlock, Frame, Limit, NeverAwaited, Run, StuckTask, Unfit, encode
from kata.contract.values import to_wire
from kata.player import clocks, scripts, tripwires
from kata.player.exceptions import ExceptionReader
from kata.player.fake_objects import CallLog, from_argument
from kata.player.output import Output, Printed
from kata.player.process_state import Before, built_in, count_threads_anew
from kata.program import ROOT
from kata.virtualtime import DeadlockError, Recorder, stable_order

SUBMISSION = "submission"
"""The module name under which a submission is loaded."""

SECONDS_SIGNAL = getattr(signal, "SIGUSR2", None)
CPU_SIGNAL = getattr(signal, "SIGXCPU", None)

_cancel_all_tasks: Callable[[asyncio.AbstractEventLoop], None] = asyncio.runners._cancel_all_tasks  # type: ignore[attr-defined]


SABOTAGED = 70
"""Exit code of a process in which the submission keeps the player from its work."""


class _NotPlayable(Exception):
    def __init__(self, unfit: Unfit) -> None:
        self.unfit = unfit


class Player:
    """Plays requests, one after the other. Made before the first is known: what is the same in each play is ready then,
    so that a process which is copied for a play need not do it. ``perform`` plays a request and sends the recording;
    ``interrupted`` sends what there is when a limit is passed.

    From its making on every event loop of this process is recorded, and ``input`` has nothing to read.
    """

    def __init__(self) -> None:
        self.request = Request("", "")
        self.send: Callable[[bytes, bool], None] | None = None
        self.before: Before | None = None
        self.touched: list[str] | None = None
        self.codes: dict[str, types.CodeType] = {}
        self._prepare()
        self._set_the_stage()
        self._built_in = built_in()

    def _prepare(self) -> None:
        """What each play has anew."""
        self.exceptions = ExceptionReader()
        self.clock: clocks.PlayClock = clocks.Virtual()
        self.recorder = Recorder(self.clock.now, failure=self.exceptions)
        self.output = Output(
            lambda: self.recorder.seconds(self.clock.now()), self.request.limits.output, lambda: self.recorder._order
        )
        self.streams = (Printed(self.output, "stdout"), Printed(self.output, "stderr"))
        self.log = CallLog(self.recorder)
        self.run = Run()
        self.started: int | None = None
        self.ended: int | None = None

    def _set_the_stage(self) -> None:
        builtins.input = _no_input
        warnings.resetwarnings()
        warnings.simplefilter("ignore")
        warnings._warn_unawaited_coroutine = self._never_awaited  # type: ignore[attr-defined]
        sys.set_coroutine_origin_tracking_depth(4)
        asyncio.as_completed = asyncio.tasks.as_completed = stable_order.as_completed
        clocks.lead_to(self._open_loop)
        asyncio.runners._cancel_all_tasks = self._cancel_all_tasks  # type: ignore[attr-defined]
        for number in (SECONDS_SIGNAL, CPU_SIGNAL):
            if number is not None:
                signal.signal(number, self.interrupted)

    # The stages of a play ------------------------------------------------------------------------------------

    def perform(self, request: Request, send: Callable[[bytes, bool], None], seal: tripwires.Seal) -> bool:
        """Play ``request`` to its end. Must run on the main thread.

        Args:
            request: what to play.
            send: called once, with the recording's bytes and what this method returns.
            seal: taken after this player was made.

        Returns:
            True when this process is as it was, so that another request of the same series may follow.
        """
        try:
            return self._perform(request, send, seal)
        except BaseException:
            if self._sabotaged(seal):
                os._exit(SABOTAGED)
            raise

    def _perform(self, request: Request, send: Callable[[bytes, bool], None], seal: tripwires.Seal) -> bool:
        if self.send is not None:
            self._start_over()
        self._take(request)
        self.send = send
        try:
            with self.clock.running(self.recorder):
                self._play(seal)
        except _NotPlayable as refusal:
            self.run.unfit = refusal.unfit
        tripwires.collect()
        touched = {*(self.touched or ()), *seal.broken()}
        if self.recorder.backwards:
            touched.add("the clock")
        self.run.tampered = sorted(touched)[:50]
        self._fill(self.run)
        recording = encode(self.run)
        again = False
        if request.series and self.before is not None and not self.run.unfinished:
            sys.modules.pop(SUBMISSION, None)
            again = not self.before.changed()
        send(recording, again)
        return again

    def ready(self) -> None:
        """The process is now as each play will find it; where a play leaves it so, another can follow."""
        sys.path[:] = [path for path in sys.path if path != str(ROOT)]
        self.before = Before()

    def _sabotaged(self, seal: tripwires.Seal) -> bool:
        """True when the submission has replaced what this player needs, so that it is not the player that failed."""
        try:
            return bool(self.touched or self._built_in != built_in() or seal.broken())
        except Exception:
            return True

    def _start_over(self) -> None:
        """Forget the play before."""
        tripwires.collect()  # what this brings to light belongs to that play, whose recording is over
        gc.freeze()
        clocks.forget_policy()
        count_threads_anew()
        stable_order.start_over()
        self._prepare()
        self.recorder.task_numbers = itertools.count(1)

    def _take(self, request: Request) -> None:
        self.request = request
        self.exceptions.read(request.file, request.source)
        if request.clock == "real":
            self.clock = clocks.Real()
        elif request.wall_ns is not None:
            self.clock = clocks.Virtual(request.wall_ns)
        self.recorder.begin(self.clock.now, request.file, self.exceptions.text)
        self.output.left = request.limits.output
        self.run.clock = request.clock
        sys.stdout, sys.stderr = self.streams
        sys.argv = [request.file, *request.argv]
        if request.action == "script":
            scripts.set_the_stage(request.folder, self.output)
        random.seed(request.seed)

    def _open_loop(self) -> asyncio.AbstractEventLoop:
        """What every way of making an event loop leads to."""
        self.recorder.closing = False  # that was the loop before this one
        return self.clock.loop(self.recorder)

    def _cancel_all_tasks(self, loop: asyncio.AbstractEventLoop) -> None:
        """What `asyncio.run` does when the main coroutine is over."""
        self.recorder.closes(loop)
        _cancel_all_tasks(loop)

    def _play(self, seal: tripwires.Seal) -> None:
        if self.request.clock == "real":
            seal.renew()
        if self.request.action != "script" and self.touched is None:  # nobody is judged by a script
            self.touched = tripwires.arm()
        try:
            if self.request.action == "script":
                self.started = self.clock.now()
                self._load("__main__")
                self.ended = self.recorder.instant()
                return
            module = self._load(SUBMISSION)
            target, args, kwargs = self._target(module)
            self._call(target, args, kwargs)
        except _NotPlayable:
            raise
        except BaseException as error:
            self._failed(error)

    def _load(self, name: str) -> types.ModuleType:
        request = self.request
        module = types.ModuleType(name)
        module.__file__ = request.file
        sys.modules[name] = module
        try:
            code = self._compile(request.source, request.file)
        except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
            line = getattr(error, "lineno", None) or 1
            text = (getattr(error, "text", None) or "").strip()
            message = f"{type(error).__name__}: {getattr(error, 'msg', error)}"
            raise _NotPlayable(Unfit("syntax", message, Frame(request.file, line, "<module>", text))) from None
        try:
            exec(code, module.__dict__)
        except DeadlockError:
            raise
        except BaseException as error:
            if request.action == "script":
                raise
            failure = self.exceptions(error)
            place = failure.traceback[-1] if failure.traceback else None
            at = Frame(request.file, place.line, place.function, place.text) if place else None
            text = f"{failure.type}: {failure.message}" if failure.message else failure.type
            raise _NotPlayable(Unfit("import", text, at)) from None
        return module

    def _compile(self, source: str, file: str) -> types.CodeType:
        if source not in self.codes:
            self.codes[source] = compile(source, file, "exec", dont_inherit=True)
        return self.codes[source]

    def _target(self, module: types.ModuleType) -> tuple[Callable[..., Any], list[Any], dict[str, Any]]:
        request = self.request

        def argument(value: Any) -> Any:
            return from_argument(value, self.log, self.clock.sleep, module.__dict__)

        args = [argument(value) for value in request.args]
        kwargs = {name: argument(value) for name, value in request.kwargs.items()}
        if request.action == "drive":
            stage: dict[str, Any] = {
                "asyncio": asyncio,
                "concurrent": concurrent,
                "contextlib": contextlib,
                "threading": threading,
                "time": time,
                "warnings": warnings,
            }
            exec(self._compile(request.drive, "<drive>"), stage)
            return stage[request.name], [_Exercise(module, self), *args], kwargs
        if request.name not in module.__dict__:
            raise self._missing(request.name)
        target = module.__dict__[request.name]
        if not callable(target):
            raise _NotPlayable(Unfit("not_callable", request.name))
        return target, args, kwargs

    def _missing(self, name: str) -> _NotPlayable:
        """The submission has no such name. That stands, whoever catches the exception: perhaps a task of a drive."""
        self.run.unfit = Unfit("missing", name)
        return _NotPlayable(self.run.unfit)

    def _call(self, target: Callable[..., Any], args: list[Any], kwargs: dict[str, Any]) -> None:
        if not self.request.is_async:
            self.started = self.clock.now()
            try:
                self._returned(target(*args, **kwargs))
            finally:
                self.ended = self.recorder.instant()
            return

        async def play() -> None:
            self.started = self.clock.now()
            try:
                value = target(*args, **kwargs)
                if not inspect.isawaitable(value):
                    code = getattr(target, "__code__", None)
                    at = Frame(self.request.file, code.co_firstlineno, self.request.name) if code else None
                    raise _NotPlayable(Unfit("not_async", self.request.name, at))
                self._returned(await value)
            finally:
                self.ended = self.recorder.instant()

        play.__qualname__ = self.request.name
        self._run(play)

    def _run(self, main: Callable[[], Coroutine[Any, Any, None]]) -> None:
        with asyncio.Runner(loop_factory=self._open_loop) as runner:
            runner.run(main())

    # What happened -------------------------------------------------------------------------------------------

    def _returned(self, value: Any) -> None:
        self.run.returned = to_wire(value, self.exceptions)

    def _note(self, value: Any) -> None:
        if len(self.run.notes) < 10_000:
            self.run.notes.append(to_wire(value, self.exceptions))

    def _failed(self, error: BaseException) -> None:
        if isinstance(error, DeadlockError):
            self.run.deadlock = self._deadlock(error)
            return
        self.run.error = self.exceptions(error)
        if isinstance(error, MemoryError):
            place = self.run.error.traceback[-1] if self.run.error.traceback else None
            at = Frame(self.request.file, place.line, place.function, place.text) if place else None
            self.run.limit = Limit("memory", f"{self.request.limits.memory >> 20} MiB of memory", at)
        while error is not None:  # let go of the frames, so that what they hold can be collected
            traceback, error.__traceback__ = error.__traceback__, None
            del traceback
            error = error.__context__  # type: ignore[assignment]

    def _deadlock(self, error: DeadlockError) -> Deadlock:
        stuck = []
        for task in error.waiting:
            own = [place for place in task.places if place.file == self.request.file]
            at = None
            if own:
                line = own[-1].line
                text = self.exceptions.text[line - 1].strip() if 0 < line <= len(self.exceptions.text) else ""
                at = Frame(self.request.file, line, own[-1].function, text[:200])
            stuck.append(StuckTask(task.name, task.what, at))
        return Deadlock(self.recorder.seconds(self.clock.now()), stuck[:100])

    def _never_awaited(self, coroutine: Any) -> None:
        name = getattr(coroutine, "__qualname__", "?")
        if len(self.run.never_awaited) >= 1000:
            return
        at = None
        for file, line, function in getattr(coroutine, "cr_origin", None) or ():
            if file == self.request.file:
                text = self.exceptions.text[line - 1].strip() if 0 < line <= len(self.exceptions.text) else ""
                at = Frame(file, line, function, text[:200])
                break
        self.run.never_awaited.append(NeverAwaited(str(name), at))

    def _fill(self, run: Run) -> None:
        for stream in self.streams:
            stream.close_line()
        self.output.close()
        now = self.clock.now() if self.ended is None else self.ended
        started = self.started if self.started is not None else now
        run.elapsed = (now - started) / 1e9
        run.lines = self.output.lines
        run.lines_dropped = self.output.dropped
        run.tasks = self.recorder.records()
        run.tasks_dropped = self.recorder.tasks_dropped
        run.blocks = self.recorder.blocks
        run.leaked = self.recorder.leaked
        run.unretrieved = self.recorder.unretrieved
        run.calls = self.log.records(lambda value: to_wire(value, self.exceptions))
        run.in_flight = dict(self.log.peak)

    def _somewhere(self) -> Frame | None:
        """Where the first task that is in the submission stands, when the interrupted code is not."""
        if asyncio._get_running_loop() is None:
            return None
        places = (self.recorder.stuck(task).at for task in asyncio.all_tasks())
        return next((place for place in places if place is not None), None)

    def interrupted(self, number: int, frame: types.FrameType | None) -> None:
        """Signal handler: a limit is passed. Send what there is, and end the process."""
        if self.send is None:  # nothing is played yet
            return
        limits = self.request.limits
        at = self.recorder.frame(frame) or self._somewhere()
        if number == CPU_SIGNAL:
            limit = Limit("cpu", f"{limits.cpu} second{'' if limits.cpu == 1 else 's'} of computing", at)
        else:
            limit = Limit("seconds", f"{limits.seconds:g} real second{'' if limits.seconds == 1 else 's'}", at)
        run = self.run
        run.limit = limit
        self._fill(run)
        self.send(encode(run), False)
        os._exit(0)


class _Exercise:
    """What a drive sees as ``ex``: the names of the submission, and ``note``."""

    def __init__(self, module: types.ModuleType, player: Player) -> None:
        self.__dict__.update(_module=module, _missing=player._missing, note=player._note)

    def __getattr__(self, name: str) -> Any:
        try:
            return self.__dict__["_module"].__dict__[name]
        except KeyError:
            raise self.__dict__["_missing"](name) from None


def _no_input(prompt: object = "", /) -> str:
    raise EOFError("input() has nothing to read: exercises run without a keyboard")
