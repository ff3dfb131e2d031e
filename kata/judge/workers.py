"""The processes that judge. Each runs one pytest session, takes orders one by one, and sends back what it decides.

Where a process can be copied, that is how they come to be: the imports are done once. Elsewhere, and where options or
variables have changed how this interpreter works, each is a fresh interpreter. All else is the same.
"""

from __future__ import annotations

import asyncio
import contextlib
import gc
import os
import queue
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

import msgspec

from kata.contract import channels
from kata.contract.request import Request
from kata.contract.scorecard import Criterion
from kata.contract.texts import clean, describe
from kata.judge import session
from kata.judge.orders import Conditions, Decided, Only, Order, Over, Submission, orders_for
from kata.judge.rubric import read_rubric
from kata.judge.session import SessionFailed
from kata.judge.worker_process import work
from kata.project.catalog import Exercise
from kata.sandbox.answers import harmless
from kata.sandbox.client import (
    APART,
    Connection,
    Plays,
    Sandbox,
    SandboxError,
    Spawner,
    clean_environment,
    end,
    interpreter,
    uninterrupted,
)

__all__ = ["SessionFailed", "Workers"]

ATTEMPTS = 2
"""How often an order is tried: what ended a process may have had nothing to do with it."""

_encode = msgspec.msgpack.Encoder(enc_hook=describe).encode
_decode_answer = msgspec.msgpack.Decoder(Decided | Over).decode


class Workers:
    """Processes that judge; started when they are first needed, and ended with the block.

    ::

        with Workers(root, seed=0, jobs=3) as workers:
            for decided in workers.judge({exercise: Submission.of(exercise, workspace)}):
                print(decided.criterion.text, decided.criterion.passed)

    Args:
        root: the clone.
        seed: of random inputs.
        clock: ``virtual`` or ``real``.
        jobs: how many processes share the work, at most.
        copied: whether they may be copies of this process; not where it has threads already.
        pieces: into how many orders an exercise is taken apart, so that several processes judge it at the same time.
    """

    def __init__(
        self,
        root: Path,
        *,
        seed: int = 0,
        clock: str = "virtual",
        jobs: int = 1,
        copied: bool = True,
        pieces: int = 1,
    ) -> None:
        can_fork = hasattr(os, "fork")
        debug = bool(os.environ.get("KATA_DEBUG"))
        self.conditions = Conditions(os.fsencode(root), seed, clock, "fork" if can_fork else "spawn", debug)
        self._jobs = jobs
        self._pieces = pieces
        self._copies = copied and can_fork and _works_as_a_fresh_one()
        self._workers: list[_Worker] = []
        self._threads: list[threading.Thread] = []
        self._ends = contextlib.ExitStack()
        self._over = False
        """True once nothing that is decided is wanted any more."""

    def __enter__(self) -> Workers:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End everything. Nobody asks for what is decided any more."""
        self.give_up()
        for thread in self._threads:
            thread.join()
        self.give_up()  # also what came in the place of another meanwhile
        for worker in self._workers:
            worker.close()
        self._ends.close()

    def give_up(self) -> None:
        """End the processes, from any thread; who waits for what they decide gets `SessionFailed`, and closes this."""
        self._over = True
        for worker in self._workers:
            worker.kill()

    def start(self) -> None:
        """Start the processes now, and not for the first order: before this one has threads, or to have them warm."""
        if not self._workers:
            self._start(self._jobs)

    def judge(
        self,
        submissions: Mapping[Exercise, Submission],
        *,
        only: Only | None = None,
        keep: int = 0,
        hasty: bool = False,
    ) -> Iterator[Decided]:
        """Judge exercises; yields each criterion as soon as it is decided. Ask for all before judging more.

        Args:
            submissions: what to judge.
            only: says which tests to run. None runs all.
            keep: which play of a test that passes is kept as its recording, counted from 0.
            hasty: whether it is enough to know that one criterion is not met. Those after it are then not decided.

        Raises:
            SandboxError: nothing can be played here. What breaks down on one exercise is told as its criteria's fault.
            RubricError: hidden tests cannot be read.
            SessionFailed: given up.
        """
        if self._over:
            raise SessionFailed("these processes were ended")
        waiting: queue.SimpleQueue[Order] = queue.SimpleQueue()
        told: queue.SimpleQueue[Decided | BaseException | None] = queue.SimpleQueue()
        orders = [
            msgspec.structs.replace(order, keep=keep, hasty=hasty) if keep or hasty else order
            for order in orders_for(
                submissions, self.conditions.folder, self.conditions.clock, only, pieces=self._pieces
            )
        ]
        for order in orders:
            waiting.put(order)
        if orders and not self._workers:
            self._start(min(self._jobs, len(orders)))
        at_work = self._workers[: len(orders)]
        for worker in at_work:
            thread = threading.Thread(target=self._keep_busy, args=(worker, waiting, told), daemon=True)
            self._threads.append(thread)
            thread.start()
        for _ in at_work:
            while (message := told.get()) is not None:
                if isinstance(message, BaseException):
                    raise message
                yield message

    def _keep_busy(
        self,
        worker: _Worker,
        waiting: queue.SimpleQueue[Order],
        told: queue.SimpleQueue[Decided | BaseException | None],
    ) -> None:
        """Hand one process order after order, and pass on what it decides; None when no order is left.

        An order that it breaks down on is tried once more, by another process; it costs that exercise at most.
        """
        try:
            with contextlib.suppress(queue.Empty):
                while True:
                    order = waiting.get_nowait()
                    known, problem = set[str](), "it was not run"
                    for _ in range(ATTEMPTS):
                        try:
                            for decided in worker.carry_out(order):
                                if decided.criterion.test not in known:
                                    known.add(decided.criterion.test)
                                    told.put(decided)
                            break
                        except SessionFailed as failure:
                            if self._over:
                                raise
                            worker = self._in_the_place_of(worker)
                            problem = str(failure)
                    if not (order.hasty and known):
                        for decided in self._not_decided(order, known, problem):
                            told.put(decided)
            told.put(None)
        except BaseException as error:
            told.put(error)

    def _not_decided(self, order: Order, known: set[str], problem: str) -> Iterator[Decided]:
        """The criteria of an order that nothing was decided on, because of a problem."""
        line = clean((problem.strip().splitlines() or ["?"])[-1])[:500]
        message = f"This check could not be carried out, by no fault that is known of the code: {line}"
        for item in read_rubric(order.exercise.hidden(self.conditions.folder), order.exercise.points):
            if item.test not in known and (order.tests is None or item.test in order.tests):
                yield Decided(
                    order.exercise.id, Criterion(item.test, item.text, False, 0.0, 0.0, message, fault=line), ""
                )

    def _in_the_place_of(self, worker: _Worker) -> _Worker:
        """Another process for one that broke down.

        Raises:
            SandboxError: here nothing can be played at all.
        """
        worker.kill()
        self._try_to_play()
        place = self._workers.index(worker)
        self._workers[place] = another = _fresh(self.conditions, self._home())
        worker.close()
        return another

    def _try_to_play(self) -> None:
        request = harmless(Request("", "harmless.py"))
        with contextlib.ExitStack() as stack:
            plays: Plays
            if self.conditions.play == "spawn":
                plays = spawner = Spawner()
                stack.callback(spawner.close)
            else:
                plays = stack.enter_context(Sandbox(1)).connections[0]
            if asyncio.run(plays.play(request)).failed:
                raise SandboxError("the sandbox cannot play anything; run with --debug to see why")

    def _home(self) -> str:
        """Where a fresh interpreter may leave things."""
        home = tempfile.mkdtemp(prefix="kata-")
        self._ends.callback(shutil.rmtree, home, ignore_errors=True)
        return home

    def _start(self, count: int) -> None:
        if not self._copies:
            home = self._home()
            for _ in range(count):
                self._workers.append(_fresh(self.conditions, home))
            return
        sandbox = self._ends.enter_context(Sandbox(count))
        session.import_all()  # while the sandbox comes up
        gc.freeze()
        with uninterrupted():  # a copy would answer Ctrl-C as well
            for connection in sandbox.connections:
                self._workers.append(_copy(self.conditions, connection, self._workers))


class _Worker:
    """This end of a judging process.

    Args:
        orders: the descriptor that it reads from.
        answers: the descriptor that it writes to.
        kill: ends the process, whatever it does.
    """

    def __init__(self, orders: int, answers: int, kill: Callable[[], None]) -> None:
        self.orders = orders
        self.answers = answers
        self._kill = kill
        self._killed = False

    def kill(self) -> None:
        """End it, once: its number may be another's afterwards."""
        if not self._killed:
            self._killed = True
            self._kill()

    def carry_out(self, order: Order) -> Iterator[Decided]:
        """What it decides on an order.

        Raises:
            SessionFailed: it broke down.
        """
        with contextlib.suppress(BrokenPipeError):
            channels.write_message(self.orders, _encode(order))
        while (data := channels.read_message(self.answers)) is not None:
            answer = _decode_answer(data)
            if isinstance(answer, Decided):
                yield answer
            elif answer.problem:
                raise SessionFailed(answer.problem)
            else:
                return
        raise SessionFailed("A judging process ended before its work was done; try again with --debug.")

    def close(self) -> None:
        """Hang up."""
        os.close(self.orders)
        os.close(self.answers)


def _works_as_a_fresh_one() -> bool:
    """True when no option and no variable such as PYTHONOPTIMIZE has changed how this interpreter works."""
    changed = (sys.flags.optimize, sys.flags.dev_mode, sys.flags.bytes_warning, sys.warnoptions, sys._xoptions)
    return not any(changed) and sys.get_int_max_str_digits() == sys.int_info.default_max_str_digits


def _copy(conditions: Conditions, connection: Connection, others: Sequence[_Worker]) -> _Worker:
    """Copy this process into one that judges."""
    their_orders, orders = os.pipe()
    answers, their_answers = os.pipe()
    sys.stdout.flush()
    sys.stderr.flush()
    pid = os.fork()
    if pid == 0:
        code = 1
        try:
            for other in (*others, _Worker(orders, answers, lambda: None)):
                other.close()
            work(conditions, connection, their_orders, their_answers)
            code = 0
        finally:
            os._exit(code)
    os.close(their_orders)
    os.close(their_answers)

    def kill() -> None:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
        with contextlib.suppress(ChildProcessError):
            os.waitpid(pid, 0)

    return _Worker(orders, answers, kill)


def _fresh(conditions: Conditions, home: str) -> _Worker:
    """Start a fresh interpreter that judges; ``home`` is where it may leave things."""
    process = subprocess.Popen(
        interpreter("kata.judge.worker_process"),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=None if conditions.debug else subprocess.DEVNULL,
        env=clean_environment(home),
        cwd=home,
        **APART,
    )
    assert process.stdin is not None and process.stdout is not None
    orders, answers = (os.dup(pipe.fileno()) for pipe in (process.stdin, process.stdout))
    process.stdin.close()
    process.stdout.close()
    with contextlib.suppress(BrokenPipeError):
        channels.write_message(orders, _encode(conditions))

    return _Worker(orders, answers, lambda: end(process))
