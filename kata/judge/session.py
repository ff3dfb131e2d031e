"""Judging sessions: pytest over hidden tests, once in each of several processes, criteria coming back as they fall."""

from __future__ import annotations

import contextlib
import gc
import os
import signal
import struct
import sys
import traceback
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path
from select import select

import msgspec

from kata.contract.scorecard import Criterion
from kata.project.catalog import Catalog, Exercise
from kata.project.workspace import Workspace
from kata.sandbox.channels import HEADER, write
from kata.sandbox.client import Plays, Sandbox, Spawner
from kata.sandbox.confine import die_with_parent

__all__ = ["Decided", "SessionFailed", "judge"]

Only = Callable[[str, str], bool]


class Decided(msgspec.Struct):
    """A criterion that was just decided; ``criterion`` is None when the session is over."""

    exercise: str = ""
    criterion: Criterion | None = None
    isolation: str = ""
    """The layers that confined its plays."""
    problem: str = ""


class SessionFailed(Exception):
    """A judging session broke down: a fault of the grader or of a hidden test. One line and details."""


def judge(
    catalog: Catalog,
    workspace: Workspace,
    exercises: Sequence[Exercise],
    *,
    seed: int,
    clock: str,
    jobs: int,
    only: Only | None = None,
    keep: int = 0,
) -> Iterator[Decided]:
    """Judge exercises; yields each criterion as soon as it is decided.

    Args:
        catalog: all exercises.
        workspace: where the submission is.
        exercises: which to judge.
        seed: of random inputs.
        clock: ``virtual`` or ``real``.
        jobs: how many processes share the work.
        only: told an exercise's id and the name of a test; says whether to run it. None runs all.
        keep: which play of a test that passes is kept as its recording, counted from 0.

    Raises:
        SessionFailed: see there.
    """
    if not hasattr(os, "fork"):
        decided: list[Decided] = []
        problem = _run(catalog, workspace, exercises, seed, clock, Spawner(), only, keep, decided.append)
        yield from decided
        if problem:
            raise SessionFailed(problem)
        return
    with Sandbox(jobs) as sandbox:
        _import_judge()
        workers: list[_Worker] = []
        queue = None if clock == "real" else _Queue(exercises, workspace.root)
        try:
            for number, connection in enumerate(sandbox.connections):
                mine = only if queue is not None else _tests_of(number, jobs, only)
                share = partial(_run, catalog, workspace, queue or exercises, seed, clock, connection, mine, keep)
                workers.append(_Worker(share))
            yield from _collect(workers)
        finally:
            for worker in workers:
                worker.end()
            if queue is not None:
                queue.close()


def _import_judge() -> None:
    """Import what every session needs: once, before the processes part, and while the zygote comes up."""
    import pytest_asyncio.plugin
    import pytest_timeout

    from kata.judge import plugin

    del pytest_asyncio, pytest_timeout, plugin
    gc.freeze()


class _Queue:
    """Exercises that forked processes take one by one, those with the longest tests first, so that all end together.

    Each number in the pipe is read by one process only.
    """

    _number = struct.Struct("!H")

    def __init__(self, exercises: Sequence[Exercise], root: Path) -> None:
        self._exercises = sorted(exercises, key=lambda exercise: exercise.hidden(root).stat().st_size, reverse=True)
        self._reading, writing = os.pipe()
        with open(writing, "wb") as pipe:
            pipe.write(b"".join(map(self._number.pack, range(len(exercises)))))

    def __iter__(self) -> Iterator[Exercise]:
        while data := os.read(self._reading, self._number.size):
            yield self._exercises[self._number.unpack(data)[0]]

    def close(self) -> None:
        """The grader's end; those of the others close with their processes."""
        os.close(self._reading)


def _tests_of(number: int, jobs: int, only: Only | None) -> Only:
    """What process ``number`` of ``jobs`` runs on the real clock: a share of the tests of all exercises, as waiting
    takes nearly all of the time there."""

    def mine(exercise: str, test: str) -> bool:
        digest = zlib.crc32(f"{exercise} {test}".encode())
        return digest % jobs == number and (only is None or only(exercise, test))

    return mine


def _run(
    catalog: Catalog,
    workspace: Workspace,
    exercises: Iterable[Exercise],
    seed: int,
    clock: str,
    plays: Plays,
    only: Only | None,
    keep: int,
    sink: Callable[[Decided], None],
) -> str:
    """One pytest session in this process; returns what went wrong, or nothing."""
    import pytest

    from kata.judge import plugin as plugin_module

    plugin = plugin_module.JudgePlugin(
        catalog,
        workspace,
        exercises,
        plays=plays,
        clock=clock,
        seed=seed,
        only=only,
        keep=keep,
        sink=lambda exercise, criterion: sink(Decided(exercise, criterion, plays.isolation)),
    )
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    os.environ.pop("PYTEST_ADDOPTS", None)
    code = pytest.main(
        [*_OPTIONS, f"--rootdir={workspace.root}", str(workspace.root / "tests" / "hidden")],
        plugins=[plugin_module, plugin],
    )
    if code in (pytest.ExitCode.OK, pytest.ExitCode.TESTS_FAILED, pytest.ExitCode.NO_TESTS_COLLECTED):
        return ""
    return f"pytest ended with {pytest.ExitCode(code).name}"


_OPTIONS = [
    "-q",
    "--tb=native",  # of pytest's own ways, each parses the test's file anew for each test that fails
    "--capture=no",
    "--assert=plain",  # rewriting asserts costs more than judging; kata.judge.explain looks at those that fail
    f"--config-file={Path(__file__).with_name('judging.ini')}",
    "-p",
    "pytest_asyncio.plugin",
    "-p",
    "pytest_timeout",
    "-p",
    "no:cacheprovider",
    "-p",
    "no:logging",
    "-p",
    "no:faulthandler",
    "-p",
    "no:doctest",
    "-p",
    "no:unittest",
    "-p",
    "no:junitxml",
    "-p",
    "no:pastebin",
    "-p",
    "no:unraisableexception",
    "-p",
    "no:threadexception",
]


class _Worker:
    """A forked process that runs ``work`` and sends what it decides through a pipe."""

    def __init__(self, work: Callable[[Callable[[Decided], None]], str]) -> None:
        self.reading, writing = os.pipe()
        self.buffer = bytearray()
        self.over = False
        sys.stdout.flush()
        sys.stderr.flush()
        self.pid = os.fork()
        if self.pid == 0:
            os.close(self.reading)
            self._work(work, writing)
        os.close(writing)

    @staticmethod
    def _work(work: Callable[[Callable[[Decided], None]], str], writing: int) -> None:
        code = 1
        try:
            signal.signal(signal.SIGINT, signal.SIG_IGN)  # the grader ends its workers itself
            signal.signal(signal.SIGTERM, signal.SIG_DFL)
            die_with_parent()
            gc.disable()  # a session is short, and its objects live to its end
            if not os.environ.get("KATA_DEBUG"):
                null = os.open(os.devnull, os.O_RDWR)
                for standard in (0, 1, 2):
                    os.dup2(null, standard)
            encoder = msgspec.msgpack.Encoder(enc_hook=repr)

            def sink(decided: Decided) -> None:
                data = encoder.encode(decided)
                write(writing, HEADER.pack(len(data)) + data)

            try:
                problem = work(sink)
            except BaseException:
                problem = traceback.format_exc()
            sink(Decided(problem=problem))
            code = 0
        finally:
            os._exit(code)

    def read(self) -> Iterator[Decided]:
        """What has arrived; sets ``over`` at the end of the session."""
        part = os.read(self.reading, 1 << 18)
        if not part:
            raise SessionFailed("A judging process ended before its work was done; try again with --debug.")
        self.buffer += part
        while len(self.buffer) >= HEADER.size:
            size = HEADER.unpack_from(self.buffer)[0] + HEADER.size
            if len(self.buffer) < size:
                return
            decided = _decode(bytes(self.buffer[HEADER.size : size]))
            del self.buffer[:size]
            if decided.criterion is None:
                self.over = True
                if decided.problem:
                    raise SessionFailed(decided.problem)
                return
            yield decided

    def end(self) -> None:
        """End the process, whatever it does."""
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGKILL)
        with contextlib.suppress(ChildProcessError):
            os.waitpid(self.pid, 0)
        with contextlib.suppress(OSError):
            os.close(self.reading)


_decode = msgspec.msgpack.Decoder(Decided).decode


def _collect(workers: Sequence[_Worker]) -> Iterator[Decided]:
    while busy := [worker for worker in workers if not worker.over]:
        readable, _, _ = select([worker.reading for worker in busy], [], [])
        for worker in busy:
            if worker.reading in readable:
                yield from worker.read()
