"""The player: loads a submission, runs what the request asks for, and writes down what happened.

Runs inside the sandboxed process, beside code that nobody trusts. It holds no expected values.
"""

from __future__ import annotations

import asyncio
import builtins
import gc
import inspect
import itertools
import os
import random
import signal
import sys
import types
import warnings
from collections.abc import Callable
from functools import partial
from typing import Any

from kata.contract import channels, messages
from kata.contract.channels import Channel
from kata.contract.request import Request
from kata.contract.run import Deadlock, Frame, Limit, Run, StuckTask, Told, Unfit
from kata.player import clocks, detail, foreign_loops, outside, scripts, tripwires
from kata.player.assembling import Assembly
from kata.player.exceptions import ExceptionReader
from kata.player.fake_objects import CallLog, from_argument
from kata.player.idleness import Idleness
from kata.player.link import Link, WorldGone
from kata.player.loading import SUBMISSION, Loader, NotPlayable
from kata.player.output import Output, Printed
from kata.player.process_state import Before, built_in, count_threads_anew
from kata.player.stubs import Stubs
from kata.player.worker import Worker
from kata.program import ROOT
from kata.virtualtime import DeadlockError, Instrument, Recorder, TurnRecorder, own_frames, stable_order
from kata.virtualtime.builtin_functions import as_builtin
from kata.virtualtime.clock import to_ns

SECONDS_SIGNAL = getattr(signal, "SIGUSR2", None)
CPU_SIGNAL = getattr(signal, "SIGXCPU", None)

_cancel_all_tasks: Callable[[asyncio.AbstractEventLoop], None] = asyncio.runners._cancel_all_tasks  # type: ignore[attr-defined]


SABOTAGED = 70
"""Exit code of a process in which the submission keeps the player from its work."""


class Player:
    """Plays requests, one after the other. Made before the first is known: what is the same in each play is ready then,
    so that a process which is copied for a play need not do it. ``perform`` plays a request, in turns with the world;
    ``interrupted`` sends what there is when a limit is passed.

    From its making on every event loop of this process is recorded, and ``input`` has nothing to read.
    """

    def __init__(self) -> None:
        self.request = Request("", "")
        self.channel: Channel | None = None
        self.before: Before | None = None
        self.touched: list[str] | None = None
        self.loader = Loader()
        self._prepare()
        self._set_the_stage()
        self._built_in = built_in()
        self._seal = tripwires.Seal(sys.modules[__name__])

    def _prepare(self, recorder: type[Recorder] = Recorder) -> None:
        """What each play has anew."""
        self.exceptions = ExceptionReader()
        self.clock: clocks.PlayClock = clocks.Virtual()
        self.recorder = recorder(self.clock.now, failure=self.exceptions)
        self.recorder.task_numbers = itertools.count(1)
        self.output = Output(
            lambda: self.recorder.seconds(self.clock.now()), self.request.limits.output, lambda: self.recorder.order
        )
        self.streams = (Printed(self.output, "stdout"), Printed(self.output, "stderr"))
        self.log = CallLog(self.recorder)
        self.assembly = Assembly(self.exceptions, self.recorder, self.output, self.log)
        self.link: Link | None = None
        self._finishing = self._told = False

    def _set_the_stage(self) -> None:
        builtins.input = as_builtin(_no_input, "builtins", "input", builtins.input.__doc__)
        own_frames.install(Loader.load.__code__)
        warnings.resetwarnings()
        warnings.simplefilter("ignore")
        warnings._warn_unawaited_coroutine = self._never_awaited  # type: ignore[attr-defined]
        sys.set_coroutine_origin_tracking_depth(4)
        asyncio.as_completed = asyncio.tasks.as_completed = stable_order.as_completed
        clocks.lead_to(self.clock.loop_class, self._begin_loop)
        asyncio.runners._cancel_all_tasks = self._cancel_all_tasks  # type: ignore[attr-defined]
        for number in (SECONDS_SIGNAL, CPU_SIGNAL):
            if number is not None:
                signal.signal(number, self.interrupted)

    def ready(self) -> None:
        """The process is now as each play will find it; where a play leaves it so, another can follow."""
        tripwires.hide_engine()
        sys.path[:] = [path for path in sys.path if path != str(ROOT)]
        self.before = Before()

    # The stages of a play ------------------------------------------------------------------------------------

    def perform(self, play: messages.Play, channel: Channel) -> bool:
        """Play a request to its end. Must run on the main thread.

        Args:
            play: what to play.
            channel: to the world, or to whoever takes the recording of a play without one.

        Returns:
            True when this process is as it was, so that another request may follow.
        """
        try:
            return self._perform(play, channel)
        except WorldGone:
            os._exit(0)
        except BaseException:
            if self._sabotaged():
                os._exit(SABOTAGED)
            raise

    def _perform(self, play: messages.Play, channel: Channel) -> bool:
        if self.channel is not None:
            self._start_over()
        self._take(play, channel)
        try:
            with self.clock.running(self.recorder), detail.watched(self.recorder, self.output):
                self._play()
                if play.request.action == "script":  # daemon threads go no further
                    tripwires.collect()
                    self.output.over = True
                    self._recording()
        except NotPlayable as refusal:
            self.assembly.run.unfit = refusal.unfit
        tripwires.collect()
        run = self.assembly.run if self.output.over else self._recording()
        touched = {*(self.touched or ()), *self._seal.broken()}
        if self.recorder.backwards:
            touched.add("the clock")
        run.tampered = sorted(touched)[:50]
        again = False
        if play.request.series and self.before is not None and not run.unfinished:
            sys.modules.pop(SUBMISSION, None)
            again = not self.before.changed()
        self._finish(run, again)
        return again

    def _sabotaged(self) -> bool:
        """True when the submission has replaced what this player needs, so that it is not the player that failed."""
        try:
            return bool(self.touched or self._built_in != built_in() or self._seal.broken())
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

    def _take(self, play: messages.Play, channel: Channel) -> None:
        request = self.request = play.request
        self.channel = channel
        if request.detail:
            self._prepare(TurnRecorder)
        self.exceptions.read(request.file, request.source)
        if request.clock == "real":
            self.clock = clocks.Real()
        elif request.wall_ns is not None:
            self.clock = clocks.Virtual(request.wall_ns)
        if not play.alone:
            assert isinstance(self.clock, clocks.Virtual)
            self.link = Link(channel, self.clock.scheduler)
            self.clock.scheduler.partner = self.assembly.link = self.link
            self.output.sink = self.link.line
        self.recorder.begin(self.clock.now, request.file, self.exceptions.text)
        self.output.left = request.limits.output
        self.assembly.run.clock = request.clock
        sys.stdout, sys.stderr = self.streams
        sys.argv = [request.file, *request.argv]
        if request.action == "script":
            scripts.set_the_stage(request, self.output)
            scripts.notice_exit(self._exits)
            scripts.warn_as_python_does()
            self.recorder.clocks_computing = True
            self.recorder.task_numbers = None  # in a new process asyncio counts from 1 on itself
            if isinstance(self.clock, clocks.Virtual):
                self.clock.clock.creeps = True
                foreign_loops.watch_imports()
                outside.let_processes_take_their_time()
                outside.let_signals_be_heard_at_once()
            if request.until is not None and isinstance(self.clock, clocks.Virtual):
                self.clock.clock.end_ns = self.clock.now() + to_ns(request.until)
                self.clock.clock.on_end = self._over
            if isinstance(self.clock, clocks.Virtual):
                Idleness(self.clock.scheduler, self.recorder, self.output, self._idle)
        random.seed(request.seed)

    def _play(self) -> None:
        request = self.request
        if request.clock == "real":
            self._seal.renew()
        try:
            if request.action == "script":  # nobody is judged by a script
                self.assembly.started = self.clock.now()
                try:
                    self.loader.load(request, "__main__", self.exceptions)
                finally:
                    self._end_script()
                return
            if self.touched is None:
                self.touched = tripwires.arm()
            module = self.loader.load(request, SUBMISSION, self.exceptions)

            if request.action == "drive":
                self._serve(module)
                return
            argument = self._reader(module)

            args = [argument(value) for value in request.args]
            kwargs = {name: argument(value) for name, value in request.kwargs.items()}
            self._call(self.loader.function(request, module, self.assembly.note, self.assembly.missing), args, kwargs)
        except NotPlayable:
            raise
        except BaseException as error:
            self.assembly.failed(error, request)

    def _end_script(self) -> None:
        """What Python does between a script's last line and its own end."""
        failed = sys.exc_info()[1]
        try:
            scripts.tell_its_hook(failed)
            if not isinstance(failed, DeadlockError):
                scripts.wait_for_threads()
        except DeadlockError:
            if failed is None:  # it is the first error that counts
                raise
        finally:
            self.assembly.ended = self.recorder.instant()
            scripts.say_goodbye()
            self.clock.stop()

    def _reader(self, module: types.ModuleType) -> Callable[[Any], Any]:
        """What makes the submission's objects out of arguments on the wire."""
        if self.link is not None:
            return Stubs(self.link, self.link.scheduler, self.exceptions, module.__dict__).read

        def alone(value: Any) -> Any:
            return from_argument(value, self.log, self.clock.sleep, module.__dict__)

        return alone

    def _serve(self, module: types.ModuleType) -> None:
        """Let a drive, which is in the world, do what it likes with the submission."""
        assert self.link is not None
        worker = Worker(module, self.assembly.deadlocked)
        stubs = Stubs(self.link, self.link.scheduler, self.exceptions, module.__dict__, references=True)
        worker.meet(self.link, stubs)
        self.link.employ(worker)
        self.assembly.started = self.clock.now()
        try:
            with asyncio.Runner(loop_factory=self.clock.loop_class) as runner:
                runner.run(worker.serve(self.request.name))
        finally:
            self.assembly.ended = self.recorder.instant()
            stubs.forget()

    def _call(self, target: Callable[..., Any], args: list[Any], kwargs: dict[str, Any]) -> None:
        assembly = self.assembly
        if not self.request.is_async:
            assembly.started = self.clock.now()
            try:
                assembly.returned(target(*args, **kwargs))
            finally:
                assembly.ended = self.recorder.instant()
            return

        async def play() -> None:
            assembly.started = self.clock.now()
            try:
                value = target(*args, **kwargs)
                if not inspect.isawaitable(value):
                    code = getattr(target, "__code__", None)
                    at = Frame(self.request.file, code.co_firstlineno, self.request.name) if code else None
                    raise NotPlayable(Unfit("not_async", self.request.name, at))
                assembly.returned(await value)
            finally:
                assembly.ended = self.recorder.instant()

        play.__qualname__ = self.request.name
        with asyncio.Runner(loop_factory=self.clock.loop_class) as runner:
            runner.run(play())

    # What asyncio and Python call ----------------------------------------------------------------------------

    def _begin_loop(self) -> Recorder:
        """Every way of making an event loop comes by here."""
        return self.recorder

    def _cancel_all_tasks(self, loop: asyncio.AbstractEventLoop) -> None:
        """What `asyncio.run` does when the main coroutine is over."""
        self.recorder.closes(loop)
        error = sys.exc_info()[1]
        if isinstance(error, DeadlockError):  # which alone ends these tasks; what that breaks is no news
            self.assembly.deadlocked(error)
            loop.set_exception_handler(lambda loop, context: None)
            sys.unraisablehook = lambda unraisable: None
            if self.request.action == "script":  # nor is it to be drawn
                loop.instrument = Instrument()  # type: ignore[attr-defined]
        _cancel_all_tasks(loop)

    def _never_awaited(self, coroutine: Any) -> None:
        self.assembly.never_awaited(coroutine)
        if self.request.action == "script":  # which may look at its warnings
            text = f"coroutine '{coroutine.__qualname__}' was never awaited"
            warnings.warn(text, RuntimeWarning, stacklevel=2, source=coroutine)

    # The end -------------------------------------------------------------------------------------------------

    def _recording(self) -> Run:
        """All that is known of the play now, a line that was begun included."""
        for stream in self.streams:
            stream.close_line()
        return self.assembly.whole()

    def _finish(self, run: Run, again: bool) -> None:
        if self.link is not None:
            self.link.then = None
        self._finishing = True
        try:
            self._tell(run, again)
        finally:
            self._finishing = False

    def _tell(self, run: Run, again: bool) -> None:
        self._told = True
        if self.link is not None:
            told = Told(**{name: getattr(run, name) for name in Told.__struct_fields__})
            self.link.finish(told, again=again)
        elif self.channel is not None:
            channels.send(self.channel, messages.write(messages.Finished(0, [], Told(), again, run)))

    def interrupted(self, number: int, frame: types.FrameType | None) -> None:
        """Signal handler: a limit is passed. Send what there is, and end the process."""
        if self.channel is None or self._finishing:  # nothing is played yet, or all has been said
            return
        if self.link is not None and self.link.sending:
            self.link.then = partial(self.interrupted, number, frame)
            return
        limits = self.request.limits
        at = self.recorder.frame(frame) or self._somewhere()
        if number == CPU_SIGNAL:
            limit = Limit("cpu", f"{limits.cpu} second{'' if limits.cpu == 1 else 's'} of computing", at)
        else:
            limit = Limit("seconds", f"{limits.seconds:g} real second{'' if limits.seconds == 1 else 's'}", at)
        self.assembly.run.limit = limit
        self._finish(self._recording(), False)
        os._exit(0)

    def _over(self) -> None:
        """The virtual second has come at which a script is over. Send what there is, and end the process."""
        self.assembly.run.limit = Limit("until", f"{self.request.until:.12g} virtual seconds")
        self._finish(self._recording(), False)
        os._exit(0)

    def _exits(self, code: int) -> None:
        """The script ends this process by itself. Send what there is."""
        if not self._told:
            self.assembly.exits(code, self.recorder.frame(sys._getframe(1)))
            self._finish(self._recording(), False)

    def _idle(self, tasks: list[StuckTask]) -> None:
        """The script only waits for somebody outside. Send what there is, and end the process."""
        self.assembly.run.deadlock = Deadlock(self.recorder.seconds(self.clock.now()), tasks, outside=True)
        self._finish(self._recording(), False)
        os._exit(0)

    def _somewhere(self) -> Frame | None:
        """Where a task that is in the submission stands, when the interrupted code is not: the one with most steps."""
        if asyncio._get_running_loop() is None:
            return None
        busiest = sorted(asyncio.all_tasks(), key=self.recorder.steps_of, reverse=True)
        places = (self.recorder.stuck(task).at for task in busiest)
        return next((place for place in places if place is not None), None)


def _no_input(prompt: object = "", /) -> str:
    raise EOFError("input() has nothing to read: exercises run without a keyboard")
