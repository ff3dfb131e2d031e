"""The processes that judge, and which of them gets what: each takes one order after the other, and none waits.

What one process is, and how it comes to be, is in `kata.judge.judging_process`.
"""

from __future__ import annotations

import asyncio
import contextlib
import gc
import os
import queue
import shutil
import tempfile
import threading
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from pathlib import Path

import msgspec

from kata.contract.request import Request
from kata.contract.scorecard import Criterion
from kata.contract.texts import clean
from kata.judge import judging_process, session
from kata.judge.judging_process import JudgingProcess
from kata.judge.orders import Conditions, Decided, Only, Order, Submission, orders_for
from kata.judge.rubric import read_rubric
from kata.judge.session import SessionFailed
from kata.project.catalog import Exercise
from kata.sandbox.answers import harmless
from kata.sandbox.client import Plays, Sandbox, SandboxError, Spawner, uninterrupted

__all__ = ["SessionFailed", "Workers"]

ATTEMPTS = 2
"""How often an order is tried: what ended a process may have had nothing to do with it."""

AHEAD = 4
"""Orders for each process that are asked for ahead, so that none is idle while results are looked at."""


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
        self._copies = copied and can_fork and judging_process.works_as_a_fresh_one()
        self._workers: list[JudgingProcess] = []
        self._threads: list[threading.Thread] = []
        self._waiting: queue.SimpleQueue[tuple[Order, _Told] | None] = queue.SimpleQueue()
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
        for _thread in self._threads:
            self._waiting.put(None)
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
        detail: bool = False,
    ) -> Iterator[Decided]:
        """Judge exercises; yields each criterion as soon as it is decided. Ask for all before judging more.

        Args:
            submissions: what to judge.
            only: says which tests to run. None runs all.
            keep: which play of a test that passes is kept as its recording, counted from 0.
            hasty: whether it is enough to know that one criterion is not met. Those after it are then not decided.
            detail: whether the play ``keep`` of each test is recorded with the turns of its event loop.

        Raises:
            SandboxError: nothing can be played here. What breaks down on one exercise is told as its criteria's fault.
            RubricError: hidden tests cannot be read.
            SessionFailed: given up.
        """
        orders = [
            msgspec.structs.replace(order, keep=keep, hasty=hasty, detail=detail) if keep or hasty or detail else order
            for order in orders_for(
                submissions, self.conditions.folder, self.conditions.clock, only, pieces=self._pieces
            )
        ]
        for _, decided in self.carry_out(orders):
            yield decided

    def carry_out(self, orders: Iterable[Order]) -> Iterator[tuple[Order, Decided]]:
        """Carry out any number of orders, also several on one exercise; yields each criterion with its order.

        Args:
            orders: are asked for a few at a time, when there is somebody to carry them out.

        Raises:
            SandboxError, RubricError, SessionFailed: see `judge`.
        """
        told: _Told = queue.SimpleQueue()
        left = iter(orders)
        begin = list(islice(left, AHEAD * self._jobs))
        if begin and not self._workers:
            self._start(min(self._jobs, len(begin)))
        for order in begin:
            self._waiting.put((order, told))
        under_way = len(begin)
        try:
            while under_way:
                order, message = told.get()
                if isinstance(message, BaseException):
                    raise message
                if message is not None:
                    yield order, message
                    continue
                under_way -= 1
                for following in islice(left, 1):
                    self._waiting.put((following, told))
                    under_way += 1
        finally:
            with contextlib.suppress(queue.Empty):
                while under_way:  # nobody wants to know any more
                    self._waiting.get_nowait()

    def _keep_busy(self, worker: JudgingProcess) -> None:
        """Hand one process order after order, and pass on what it decides; then None.

        An order that it breaks down on is tried once more, by another process; it costs that exercise at most.
        """
        while (job := self._waiting.get()) is not None:
            order, told = job
            try:
                worker = self._carried_out(order, told, worker)
            except BaseException as error:
                told.put((order, error))

    def _carried_out(self, order: Order, told: _Told, worker: JudgingProcess) -> JudgingProcess:
        """Who takes the next order: this process, or the one that came into its place.

        Raises:
            SessionFailed: given up.
            SandboxError: here nothing can be played at all.
        """
        if self._over:
            raise SessionFailed("these processes were ended")
        known, problem = set[str](), "it was not run"
        for _ in range(ATTEMPTS):
            try:
                for decided in worker.carry_out(order):
                    if decided.criterion.test not in known:
                        known.add(decided.criterion.test)
                        told.put((order, decided))
                break
            except SessionFailed as failure:
                if self._over:
                    raise
                worker = self._in_the_place_of(worker)
                problem = str(failure)
        if not (order.hasty and known):
            for decided in self._not_decided(order, known, problem):
                told.put((order, decided))
        told.put((order, None))
        return worker

    def _not_decided(self, order: Order, known: set[str], problem: str) -> Iterator[Decided]:
        """The criteria of an order that nothing was decided on, because of a problem."""
        line = clean((problem.strip().splitlines() or ["?"])[-1])[:500]
        message = f"This check could not be carried out, by no fault that is known of the code: {line}"
        for item in read_rubric(order.exercise.hidden(self.conditions.folder), order.exercise.points):
            if item.test not in known and (order.tests is None or item.test in order.tests):
                yield Decided(
                    order.exercise.id, Criterion(item.test, item.text, False, 0.0, 0.0, message, fault=line), ""
                )

    def _in_the_place_of(self, worker: JudgingProcess) -> JudgingProcess:
        """Another process for one that broke down.

        Raises:
            SandboxError: here nothing can be played at all.
        """
        worker.kill()
        self._try_to_play()
        place = self._workers.index(worker)
        self._workers[place] = another = judging_process.fresh(self.conditions, self._home())
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
        if self._copies:
            sandbox = self._ends.enter_context(Sandbox(count))
            session.import_all()  # while the sandbox comes up
            gc.freeze()
            with uninterrupted():  # a copy would answer Ctrl-C as well
                for connection in sandbox.connections:
                    self._workers.append(judging_process.copied(self.conditions, connection, self._workers))
        else:
            home = self._home()
            self._workers += [judging_process.fresh(self.conditions, home) for _ in range(count)]
        for worker in self._workers:
            thread = threading.Thread(target=self._keep_busy, args=(worker,), daemon=True)
            self._threads.append(thread)
            thread.start()


_Told = queue.SimpleQueue[tuple[Order, Decided | BaseException | None]]
"""What came of orders: a criterion, a failure, or None when all of an order is told."""
