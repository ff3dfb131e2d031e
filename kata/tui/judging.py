"""Judging what was just saved, in processes that stay warm from one save to the next."""

from __future__ import annotations

import contextlib
import io
import os
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from rich.console import Console

from kata.contract.scorecard import Criterion, ExerciseVerdict
from kata.judge.grading import GraderError, grade
from kata.judge.orders import Decided
from kata.judge.workers import Workers
from kata.project.catalog import Exercise
from kata.project.workspace import ArchiveError, Source, Workspace
from kata.tui.given import Given, Part

__all__ = ["AsRead", "Failed", "Judge", "Judged", "News", "Pictured", "Tell", "WarmJudge"]

ROOM = 22
"""Lines for the pictures, as many as `run` gives them below a report of usual length."""

WIDTH = 80

AT_ONCE = 2
"""Processes that share the tests of an exercise: one waits for one exercise, and a second core is everywhere."""


@dataclass(frozen=True)
class Judged:
    """A verdict, and the text that it is on."""

    exercise: Exercise
    source: Source
    verdict: ExerciseVerdict
    untouched: bool
    """Whether the file is as it came; it was judged to show how that fails."""


@dataclass(frozen=True)
class Pictured:
    """What there is to see of the plays behind the verdict that was told before."""

    parts: Sequence[Part]


@dataclass(frozen=True)
class Failed:
    """Nothing could be judged. One line that says why."""

    line: str


News = Criterion | Judged | Pictured | Failed
"""What is told of one judgement, in this order: criteria as they are decided, the verdict, the pictures."""

Tell = Callable[[News], None]


class Judge:
    """What judges: in a thread, so that a screen goes on meanwhile."""

    width = WIDTH
    """Columns that there are for pictures."""

    def begin(self, exercise: Exercise, source: Source, tell: Tell) -> None:
        """Judge a text.

        Args:
            exercise: what it is for.
            source: the text.
            tell: called from another thread with what there is to tell.
        """
        raise NotImplementedError


class WarmJudge(Judge):
    """Two sets of judging processes: one at work, and one for a text that comes meanwhile.

    The result of an older text is nothing that anybody waits for. If both are at work when a third text comes, the
    oldest judgement is ended, and fresh processes take its place.

    ::

        with WarmJudge(given) as judge:
            judge.begin(exercise, workspace.read(exercise), print)

    Args:
        given: the clone.
        seed: of random inputs.
        copied: whether the first processes may be copies of this one, which is quicker; not where there are threads.
    """

    def __init__(self, given: Given, *, seed: int = 0, copied: bool = True) -> None:
        self.given = given
        self.seed = seed
        self.copied = copied
        self._lock = threading.Lock()
        self._free: list[_Heard] = []
        self._busy: list[_Heard] = []
        self._threads: list[threading.Thread] = []
        self._over = False

    def __enter__(self) -> WarmJudge:
        try:
            for _ in range(2):
                self._free.append(self._start(copied=self.copied))
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        with self._lock:
            self._over = True
            # All of them first: processes of the second set hold copies of what the sandbox of the first one reads.
            for workers in (*self._busy, *self._free):
                workers.give_up()
        self.wait()
        for workers in self._free:
            workers.close()

    def begin(self, exercise: Exercise, source: Source, tell: Tell) -> None:
        """See `Judge`."""
        self._threads = [thread for thread in self._threads if thread.is_alive()]
        workers = self._taken()  # here, so that the order of texts is that of the saves
        thread = threading.Thread(target=self._judge, args=(workers, exercise, source, tell), daemon=True)
        self._threads.append(thread)
        thread.start()

    def wait(self) -> None:
        """Wait for the end of what was begun."""
        for thread in self._threads:
            thread.join()

    def _judge(self, workers: _Heard, exercise: Exercise, source: Source, tell: Tell) -> None:
        try:
            with self._at_work(workers):
                judged = self._verdict(workers, exercise, source, tell)
                tell(judged)
                tell(Pictured(self._pictures(workers, judged)))
        except GraderError as error:
            tell(Failed(str(error)))
        except Exception as error:
            if os.environ.get("KATA_DEBUG"):
                raise
            tell(Failed(f"The grader itself failed ({type(error).__name__}: {error}); please report it."))

    def _verdict(self, workers: _Heard, exercise: Exercise, source: Source, tell: Tell) -> Judged:
        project = self.given.project
        with contextlib.suppress(ArchiveError):  # which the grading tells
            project.workspace.free_criteria(exercise)  # read once, for all that follow
        workspace = AsRead(project.workspace, exercise, source)
        untouched = exercise.kind in self.given.as_it_came and not workspace.started(exercise, source)
        with workers.heard_by(tell):
            card = grade(
                project.catalog,
                workspace,
                [exercise],
                seed=self.seed,
                cache=project.cache,
                workers=workers,
                untouched=untouched,
            )
        verdict = card.exercises[0]
        if verdict.status == "passed" and project.cache is not None:  # the learner's own files
            project.hints.forget([exercise.id])
        return Judged(exercise, source, verdict, untouched)

    def _pictures(self, workers: Workers, judged: Judged) -> Sequence[Part]:
        workspace = AsRead(self.given.project.workspace, judged.exercise, judged.source)
        console = Console(file=io.StringIO(), width=self.width, height=ROOM, markup=False)
        return self.given.pictures(workspace, judged.exercise, judged.verdict, workers, console, ROOM)

    def _taken(self) -> _Heard:
        with self._lock:
            if not self._free:
                self._busy.pop(0).give_up()  # it is closed by the thread that waits for it
                self._free.append(self._start(copied=False))
            workers = self._free.pop()
            self._busy.append(workers)
        return workers

    @contextlib.contextmanager
    def _at_work(self, workers: _Heard) -> Iterator[None]:
        """Give them back at the end, or close them when they were given up."""
        try:
            yield
        finally:
            with self._lock:
                given_up = self._over or workers not in self._busy
                if workers in self._busy:
                    self._busy.remove(workers)
                if not given_up:
                    self._free.append(workers)
            if given_up:
                workers.close()

    def _start(self, *, copied: bool) -> _Heard:
        workers = _Heard(self.given.project.root, seed=self.seed, copied=copied, jobs=AT_ONCE, pieces=AT_ONCE)
        workers.start()
        return workers


class _Heard(Workers):
    """Workers of whom one also hears each criterion as soon as it is decided."""

    _tell: Tell | None = None

    @contextlib.contextmanager
    def heard_by(self, tell: Tell) -> Iterator[None]:
        """Tell of what is decided within this block."""
        self._tell = tell
        try:
            yield
        finally:
            self._tell = None

    def judge(self, *arguments: Any, **options: Any) -> Iterator[Decided]:
        """See `Workers`."""
        for decided in super().judge(*arguments, **options):
            if self._tell is not None:
                self._tell(decided.criterion)
            yield decided


class AsRead(Workspace):
    """A workspace in which one file is as it was read, whatever became of it since.

    Args:
        workspace: all else is as there.
        exercise: whose file.
        source: what was read.
    """

    def __init__(self, workspace: Workspace, exercise: Exercise, source: Source) -> None:
        self.__dict__.update(workspace.__dict__)  # what it keeps of the archive, too
        self._exercise = exercise
        self._source = source

    def read(self, exercise: Exercise) -> Source:
        """See `Workspace`."""
        return self._source if exercise == self._exercise else super().read(exercise)
